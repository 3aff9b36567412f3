package dev.entente.domain.query;

import java.time.Duration;

/** How long a blocking query may wait (protocol chapter 6.1.5). */
public final class WaitTime {
    /** When the client names no wait. */
    public static final Duration DEFAULT = Duration.ofMinutes(5);
    /** Longer waits are cut to this without a word. */
    public static final Duration MAXIMUM = Duration.ofMinutes(10);
    /** Up to one part in this many is added, so that clients of one change do not come back all at once. */
    private static final int JITTER_FRACTION = 16;

    private WaitTime() {}

    /** The wait that a client gets: its own within the maximum, or the default for none. */
    public static Duration of(Duration asked) {
        if (asked.isZero() || asked.isNegative()) {
            return DEFAULT;
        }
        return asked.compareTo(MAXIMUM) > 0 ? MAXIMUM : asked;
    }

    /** Adds the share of the jitter that chance, from 0 to 1, gives. */
    public static Duration withJitter(Duration wait, double chance) {
        return wait.plusNanos((long) (wait.toNanos() / (double) JITTER_FRACTION * chance));
    }
}
