/** One script on pairs of real servers, ours and another product's, whose answers have to be equal; only on request. */
@NullMarked
package dev.entente.equivalence;

import org.jspecify.annotations.NullMarked;
