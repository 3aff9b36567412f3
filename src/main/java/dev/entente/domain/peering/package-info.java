/** The life of a peering: states, commands, secret generations, and what is legal when. */
@NullMarked
package dev.entente.domain.peering;

import org.jspecify.annotations.NullMarked;
