/** The one place that decides who may do what. */
@NullMarked
package dev.entente.engine.access;

import org.jspecify.annotations.NullMarked;
