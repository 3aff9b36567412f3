/** Register, deregister, check updates and maintenance. */
@NullMarked
package dev.entente.engine.catalog;

import org.jspecify.annotations.NullMarked;
