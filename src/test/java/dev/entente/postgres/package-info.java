/** The stores against a real PostgreSQL. */
@NullMarked
package dev.entente.postgres;

import org.jspecify.annotations.NullMarked;
