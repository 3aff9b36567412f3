/** Answer now, wait, or answer unchanged: the rules of blocking queries, filters and sorting. */
@NullMarked
package dev.entente.domain.query;

import org.jspecify.annotations.NullMarked;
