package dev.entente.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the durations of Consul's configuration, such as {@code 1h30m} or {@code 300ms}. */
final class GoDuration {
    private static final Pattern WHOLE = Pattern.compile("(?:[0-9.]+(?:ns|us|µs|ms|s|m|h))+|0");
    private static final Pattern PART = Pattern.compile("([0-9.]+)(ns|us|µs|ms|s|m|h)");
    private static final Map<String, Long> NANOS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "µs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);

    private GoDuration() {}

    static Optional<Duration> parse(String text) {
        if (!WHOLE.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            BigDecimal nanos = BigDecimal.ZERO;
            Matcher parts = PART.matcher(text);
            while (parts.find()) {
                nanos = nanos.add(new BigDecimal(parts.group(1)).multiply(BigDecimal.valueOf(unit(parts.group(2)))));
            }
            return Optional.of(Duration.ofNanos(nanos.longValueExact()));
        } catch (ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static long unit(String name) {
        Long nanos = NANOS.get(name);
        return nanos == null ? 0 : nanos;
    }
}
