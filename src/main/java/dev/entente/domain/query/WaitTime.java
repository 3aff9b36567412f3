package dev.entente.domain.query;

import java.time.Duration;

/**
 * How long a blocking query may wait (protocol chapter 6.1.5).
 *
 * @param byDefault when the client names no wait
 * @param maximum longer waits are cut to this without a word
 */
public record WaitTime(Duration byDefault, Duration maximum) {
    public static final WaitTime USUAL = new WaitTime(Duration.ofMinutes(5), Duration.ofMinutes(10));
    /** Up to one part in this many is added, so that clients of one change do not come back all at once. */
    private static final int JITTER_FRACTION = 16;

    /** The wait that a client gets: its own within the maximum, or the default for none. */
    public Duration of(Duration asked) {
        if (asked.isZero() || asked.isNegative()) {
            return byDefault;
        }
        return asked.compareTo(maximum) > 0 ? maximum : asked;
    }

    /** Adds the share of the jitter that chance, from 0 to 1, gives. */
    public static Duration withJitter(Duration wait, double chance) {
        return wait.plusNanos((long) (wait.toNanos() / (double) JITTER_FRACTION * chance));
    }
}
