/** JSON shapes held against captured bodies. */
@NullMarked
package dev.entente.rest.json;

import org.jspecify.annotations.NullMarked;
