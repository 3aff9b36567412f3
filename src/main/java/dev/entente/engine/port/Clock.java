package dev.entente.engine.port;

import java.time.Instant;

/** The time of day; for what people read, never for ordering. */
@FunctionalInterface
public interface Clock {
    Instant now();
}
