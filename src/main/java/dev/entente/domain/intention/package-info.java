/** Precedence of intentions, and allow or deny for a source and a destination, peers included. */
@NullMarked
package dev.entente.domain.intention;

import org.jspecify.annotations.NullMarked;
