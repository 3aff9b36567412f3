/** Which services each peer may see, and in what shape. */
@NullMarked
package dev.entente.domain.export;

import org.jspecify.annotations.NullMarked;
