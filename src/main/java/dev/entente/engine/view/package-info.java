/** The in-memory read view, its change feed and blocking reads. */
@NullMarked
package dev.entente.engine.view;

import org.jspecify.annotations.NullMarked;
