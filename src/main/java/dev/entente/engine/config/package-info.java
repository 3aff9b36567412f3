/** Use cases of config entries: write, delete, compare-and-set; and what intentions answer. */
@NullMarked
package dev.entente.engine.config;

import org.jspecify.annotations.NullMarked;
