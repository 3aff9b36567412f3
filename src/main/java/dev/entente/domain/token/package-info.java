/** Encodes, decodes and validates a peering token (protocol chapter 1). */
@NullMarked
package dev.entente.domain.token;

import org.jspecify.annotations.NullMarked;
