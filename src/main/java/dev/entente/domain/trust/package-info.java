/** SPIFFE ids, trust bundles, and which identities a bundle vouches for. */
@NullMarked
package dev.entente.domain.trust;

import org.jspecify.annotations.NullMarked;
