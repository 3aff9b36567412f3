package dev.entente.rest.json;

import dev.entente.domain.catalog.GoDuration;
import java.time.Duration;
import java.util.Optional;

/** Durations as Go reads them: {@code 1m30s}, {@code 100ms}, {@code 1.5h}. */
public final class DurationText {
    private DurationText() {}

    /** Reads a duration; empty when Go would not. */
    public static Optional<Duration> parse(String text) {
        return GoDuration.parse(text);
    }

    /** Why Go does not read a duration, in its words. */
    public static String problem(String text) {
        return GoDuration.problem(text);
    }
}
