package dev.entente.rest.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Go reads them: {@code 1m30s}, {@code 100ms}, {@code 1.5h}. */
public final class DurationText {
    private static final Map<String, Long> UNITS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "µs", 1_000L,
            "μs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);
    private static final Pattern PART = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)(ns|us|µs|μs|ms|s|m|h)");
    private static final int LONGEST_TEXT = 200;

    private DurationText() {}

    /** Reads a duration; empty when Go would not. */
    public static Optional<Duration> parse(String text) {
        boolean negative = text.startsWith("-");
        String rest = negative || text.startsWith("+") ? text.substring(1) : text;
        if (rest.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        if (rest.isEmpty() || rest.length() > LONGEST_TEXT) {
            return Optional.empty();
        }
        return nanos(rest)
                .map(nanos -> negative ? nanos.negate() : nanos)
                .filter(nanos -> nanos.bitLength() < Long.SIZE)
                .map(nanos -> Duration.ofNanos(nanos.longValueExact()));
    }

    private static Optional<BigInteger> nanos(String text) {
        Matcher part = PART.matcher(text);
        BigDecimal total = BigDecimal.ZERO;
        int at = 0;
        while (at < text.length()) {
            if (!part.find(at) || part.start() != at) {
                return Optional.empty();
            }
            long unit = UNITS.getOrDefault(part.group(2), 0L);
            total = total.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit)));
            at = part.end();
        }
        return Optional.of(total.setScale(0, RoundingMode.DOWN).toBigInteger());
    }
}
