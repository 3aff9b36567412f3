package dev.entente.domain.catalog;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Consul shows and reads them: {@code 1m30s}, {@code 1.5ms}, {@code 0s} (protocol chapter 6.2). */
public final class GoDuration {
    private static final long MICRO = 1_000;
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000_000_000;
    private static final Map<String, Long> UNITS = Map.of(
            "ns", 1L,
            "us", MICRO,
            "µs", MICRO,
            "μs", MICRO,
            "ms", MILLI,
            "s", SECOND,
            "m", 60 * SECOND,
            "h", 3_600 * SECOND);
    private static final Pattern PART = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)(ns|us|µs|μs|ms|s|m|h)");
    /** Parts with units, then a number, what may be its unit, and the rest. */
    private static final Pattern NUMBER_AND_REST = Pattern.compile(
            "[+-]?((?:(?:\\d+\\.?\\d*|\\.\\d+)(?:ns|us|µs|μs|ms|s|m|h))*)(\\d+\\.?\\d*|\\.\\d+)([^\\d.]*).*",
            Pattern.DOTALL);

    private static final int LONGEST_TEXT = 200;

    private GoDuration() {}

    /** Reads a duration such as {@code 1m30s} or {@code 1.5h}; empty when Go would not. */
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

    /** Why Go does not read a duration, in its words. */
    public static String problem(String text) {
        Matcher number = NUMBER_AND_REST.matcher(text);
        boolean isNumber = text.length() <= LONGEST_TEXT && number.matches();
        String whole = quoted(text);
        if (!isNumber || UNITS.containsKey(number.group(3))) {
            return "time: invalid duration " + whole;
        }
        String unit = number.group(3);
        return unit.isEmpty()
                ? "time: missing unit in duration " + whole
                : "time: unknown unit " + quoted(unit) + " in duration " + whole;
    }

    /** As Go quotes durations, and nothing else: byte by byte where a character is not plain. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            if (each < ' ') {
                quoted.append(String.format("\\x%02x", each));
            } else {
                quoted.append(each == '"' || each == '\\' ? "\\" : "").append((char) each);
            }
        }
        return quoted.append('"').toString();
    }

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
