/** Generate a token, establish, read, list, delete and purge. */
@NullMarked
package dev.entente.engine.peering;

import org.jspecify.annotations.NullMarked;
