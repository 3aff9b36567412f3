package dev.entente.domain.catalog;

import java.math.BigDecimal;
import java.time.Duration;

/** Durations as Consul shows them: {@code 1m30s}, {@code 1.5ms}, {@code 0s} (protocol chapter 6.2). */
public final class GoDuration {
    private static final long MICRO = 1_000;
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000_000_000;

    private GoDuration() {}

    /** The shortest form with the largest unit that fits; zero is {@code 0s}. */
    public static String format(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        if (duration.isNegative()) {
            return "-" + format(duration.negated());
        }
        long nanos = duration.toNanos();
        if (nanos < MICRO) {
            return nanos + "ns";
        }
        if (nanos < MILLI) {
            return plain(nanos, 3) + "µs";
        }
        if (nanos < SECOND) {
            return plain(nanos, 6) + "ms";
        }
        return withMinutes(nanos);
    }

    private static String withMinutes(long nanos) {
        long minutes = nanos / (60 * SECOND);
        String seconds = plain(nanos % (60 * SECOND), 9) + "s";
        if (minutes == 0) {
            return seconds;
        }
        if (minutes < 60) {
            return minutes + "m" + seconds;
        }
        return minutes / 60 + "h" + minutes % 60 + "m" + seconds;
    }

    private static String plain(long units, int decimals) {
        BigDecimal value = BigDecimal.valueOf(units, decimals).stripTrailingZeros();
        return value.signum() == 0 ? "0" : value.toPlainString();
    }
}
