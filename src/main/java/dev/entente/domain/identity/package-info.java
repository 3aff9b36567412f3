/** The value types everyone speaks: names, ids, secrets, refusals; each validates itself. */
@NullMarked
package dev.entente.domain.identity;

import org.jspecify.annotations.NullMarked;
