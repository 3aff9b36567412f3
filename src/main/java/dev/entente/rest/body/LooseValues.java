package dev.entente.rest.body;

import dev.entente.domain.identity.GoText;
import dev.entente.domain.identity.GoValue;
import dev.entente.rest.json.DurationText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Single values of a config entry, taken for what they can mean: numbers in words, flags as numbers, one thing in a list. */
final class LooseValues {
    private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");
    private static final Set<String> FALSE = Set.of("", "0", "f", "F", "false", "FALSE", "False");
    private static final Pattern INTEGER = Pattern.compile("([+-]?)(?:0[xX]_?([0-9a-fA-F]+(?:_[0-9a-fA-F]+)*)"
            + "|0[bB]_?([01]+(?:_[01]+)*)|0[oO]?_?([0-7]+(?:_[0-7]+)*)|(0|[1-9][0-9]*(?:_[0-9]+)*))");
    private static final int[] BASES = {16, 2, 8, 10};
    private static final int LONGEST_NUMBER = 200;

    private LooseValues() {}

    /** What stands alone in a list stands for itself. */
    static Object single(Object value) {
        return value instanceof List<?> list && list.size() == 1 && list.get(0) != null ? list.get(0) : value;
    }

    static String text(Object given, String where, String goType) {
        Object value = single(given);
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof GoNumber number) {
            return GoValue.plain(number.value());
        }
        if (value instanceof Boolean flag) {
            return flag ? "1" : "0";
        }
        throw unconvertible(where, goType, value);
    }

    static boolean flag(Object given, String where) {
        Object value = single(given);
        if (value instanceof Boolean flag) {
            return flag;
        }
        if (value instanceof GoNumber number) {
            return number.value().doubleValue() != 0;
        }
        if (!(value instanceof String text)) {
            throw unconvertible(where, "bool", value);
        }
        if (!TRUE.contains(text) && !FALSE.contains(text)) {
            throw unparsable(where, "bool", "ParseBool", text, false);
        }
        return TRUE.contains(text);
    }

    /** A number that fits into 32 bits: what does not would become another one. */
    static int integer(Object given, String where) {
        long number = number(given, where);
        if (number != (int) number) {
            throw unparsable(where, "int", "ParseInt", Long.toString(number), true);
        }
        return (int) number;
    }

    static long number(Object given, String where) {
        Object value = single(given);
        if (value instanceof GoNumber number) {
            return number.value().longValue();
        }
        if (value instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        if (!(value instanceof String text)) {
            throw unconvertible(where, "int", value);
        }
        Optional<BigInteger> parsed = integer(text);
        return parsed.filter(each -> each.bitLength() < Long.SIZE)
                .map(BigInteger::longValue)
                .orElseThrow(() -> unparsable(where, "int", "ParseInt", text, parsed.isPresent()));
    }

    /** A number that is not negative; one that is stands for what its bits say without a sign. */
    static long unsigned(Object given, String where, int bits) {
        Object value = single(given);
        if (value instanceof String text) {
            Optional<BigInteger> parsed =
                    text.startsWith("+") || text.startsWith("-") ? Optional.empty() : integer(text);
            return parsed.filter(each -> each.bitLength() <= Math.min(bits, Long.SIZE - 1))
                    .map(BigInteger::longValue)
                    .orElseThrow(() -> unparsable(where, "uint", "ParseUint", text, parsed.isPresent()));
        }
        if (!(value instanceof GoNumber) && !(value instanceof Boolean)) {
            throw unconvertible(where, "uint" + bits, value);
        }
        long number = number(value, where);
        return bits == Integer.SIZE ? Integer.toUnsignedLong((int) number) : number;
    }

    private static Optional<BigInteger> integer(String text) {
        Matcher matcher = INTEGER.matcher(text.isEmpty() ? "0" : text);
        if (text.length() > LONGEST_NUMBER || !matcher.matches()) {
            return Optional.empty();
        }
        for (int i = 0; i < BASES.length; i++) {
            String digits = matcher.group(i + 2);
            if (digits != null) {
                BigInteger magnitude = new BigInteger(digits.replace("_", ""), BASES[i]);
                return Optional.of(matcher.group(1).equals("-") ? magnitude.negate() : magnitude);
            }
        }
        return Optional.empty();
    }

    static float decimal(Object given, String where) {
        Object value = single(given);
        if (value instanceof GoNumber number) {
            return number.value().floatValue();
        }
        if (value instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        if (!(value instanceof String text)) {
            throw unconvertible(where, "float32", value);
        }
        try {
            return text.isEmpty() ? 0 : new BigDecimal(text).floatValue();
        } catch (NumberFormatException e) {
            throw unparsable(where, "float", "ParseFloat", text, false);
        }
    }

    /** A duration in words, or a number of nanoseconds. */
    static Duration duration(Object given, String where) {
        Object value = single(given);
        if (value instanceof String text) {
            return DurationText.parse(text)
                    .orElseThrow(() -> problem("error decoding '" + where + "': " + DurationText.problem(text)));
        }
        if (value instanceof GoNumber || value instanceof Boolean) {
            return Duration.ofNanos(number(value, where));
        }
        throw unconvertible(where, "time.Duration", value);
    }

    static Instant time(Object given, String where) {
        Object value = single(given);
        if (!(value instanceof String text)) {
            throw unconvertible(where, "time.Time", value);
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            String quoted = GoText.quote(text);
            throw problem("error decoding '" + where + "': parsing time " + quoted
                    + " as \"2006-01-02T15:04:05Z07:00\": cannot parse " + quoted + " as \"2006\"");
        }
    }

    static MalformedBodyException noMap(String where, Object value) {
        return problem("'" + where + "' expected a map, got '" + GoValue.kind(free(value)) + "'");
    }

    private static MalformedBodyException unparsable(
            String where, String type, String function, String text, boolean isNumber) {
        return problem("cannot parse '" + where + "' as " + type + ": strconv." + function + ": parsing "
                + GoText.quote(text) + ": " + (isNumber ? "value out of range" : "invalid syntax"));
    }

    private static MalformedBodyException unconvertible(String where, String type, Object value) {
        return problem(GoValue.unconvertible(where, type, free(value)));
    }

    private static Object free(Object value) {
        return Objects.requireNonNull(FreeValues.value(value));
    }

    private static MalformedBodyException problem(String text) {
        return new MalformedBodyException(text);
    }
}
