/** What the engine tells of itself in numbers; doors decide how they are shown. */
@NullMarked
package dev.entente.engine.telemetry;

import org.jspecify.annotations.NullMarked;
