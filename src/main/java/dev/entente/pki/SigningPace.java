package dev.entente.pki;

import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Bounds how many leaf certificates are signed in a second, over any time longer than half a second; that much may come at once.
 * Whoever is over the bound is refused, as Consul refuses whoever would wait for longer than that.
 */
final class SigningPace {
    private static final Duration TOLERANCE = Duration.ofMillis(500);
    private static final double NANOS_PER_SECOND = 1e9;

    /** When the next signing would be due if all came evenly. */
    private final AtomicReference<Instant> due = new AtomicReference<>(Instant.EPOCH);

    /** Counts one more; 0 per second means no bound. */
    void take(double perSecond, Instant now) {
        if (perSecond <= 0) {
            return;
        }
        Duration step = Duration.ofNanos((long) (NANOS_PER_SECOND / perSecond));
        Instant before = due.getAndUpdate(
                held -> isTooSoon(held, now) ? held : latest(held, now).plus(step));
        if (isTooSoon(before, now)) {
            throw new RefusedException(Refusal.invalid("Rate limit reached, try again later"));
        }
    }

    private static boolean isTooSoon(Instant due, Instant now) {
        return due.isAfter(now.plus(TOLERANCE));
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
