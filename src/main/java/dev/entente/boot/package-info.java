/** The composition root: command line, embedded stores, start order. */
@NullMarked
package dev.entente.boot;

import org.jspecify.annotations.NullMarked;
