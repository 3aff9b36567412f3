package dev.entente.domain.stream;

import java.time.Duration;

/** How long a dialer waits after a failed attempt (protocol chapter 3.2). */
public final class RedialDelay {
    private static final Duration FAST = Duration.ofMillis(8);
    private static final Duration FAST_CAP = Duration.ofMillis(8192);
    private static final Duration SLOW_CAP = Duration.ofSeconds(256);
    private static final int FAST_ATTEMPTS = 5;
    private static final int MAX_DOUBLINGS = 10;

    private RedialDelay() {}

    /**
     * The wait after an attempt.
     *
     * @param code the gRPC code number with which it failed
     * @param attempt counts from 1
     */
    public static Duration after(int code, int attempt) {
        if (code == StatusCode.RESOURCE_EXHAUSTED.number()) {
            return FAST_CAP;
        }
        if (code == StatusCode.FAILED_PRECONDITION.number()) {
            return attempt <= FAST_ATTEMPTS ? FAST : capped(FAST, attempt - FAST_ATTEMPTS, FAST_CAP);
        }
        return capped(Duration.ofSeconds(1), attempt, SLOW_CAP);
    }

    private static Duration capped(Duration unit, int doublings, Duration cap) {
        Duration delay = unit.multipliedBy(1L << Math.min(doublings, MAX_DOUBLINGS));
        return delay.compareTo(cap) > 0 ? cap : delay;
    }
}
