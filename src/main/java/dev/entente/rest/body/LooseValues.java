package dev.entente.rest.body;

import dev.entente.rest.json.DurationText;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Single values of a config entry, taken for what they can mean: numbers in words, flags as numbers, one thing in a list. */
final class LooseValues {
    private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");
    private static final Set<String> FALSE = Set.of("", "0", "f", "F", "false", "FALSE", "False");

    private LooseValues() {}

    /** What stands alone in a list stands for itself. */
    static Object single(Object value) {
        return value instanceof List<?> list && list.size() == 1 && list.get(0) != null ? list.get(0) : value;
    }

    static String text(Object given, String where) {
        Object value = single(given);
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof GoNumber number) {
            return number.text();
        }
        if (value instanceof Boolean flag) {
            return flag ? "1" : "0";
        }
        throw unconvertible(where, "string", value);
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
            throw unparsable(where, "bool", "ParseBool", text);
        }
        return TRUE.contains(text);
    }

    static long number(Object given, String where) {
        Object value = single(given);
        if (value instanceof GoNumber number) {
            return number.value().longValue();
        }
        if (value instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        if (value instanceof String text) {
            return parsed(text).orElseThrow(() -> unparsable(where, "int", "ParseInt", text));
        }
        throw unconvertible(where, "int", value);
    }

    private static Optional<Long> parsed(String text) {
        try {
            return Optional.of(text.isEmpty() ? 0L : Long.decode(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
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
            throw unparsable(where, "float", "ParseFloat", text);
        }
    }

    /** A duration in words, or a number of nanoseconds. */
    static Duration duration(Object given, String where) {
        Object value = single(given);
        if (value instanceof String text) {
            return DurationText.parse(text)
                    .orElseThrow(
                            () -> decoding("error decoding '" + where + "': time: invalid duration \"" + text + "\""));
        }
        if (value instanceof GoNumber number) {
            return Duration.ofNanos(number.value().longValue());
        }
        throw unconvertible(where, "time.Duration", value);
    }

    static Instant time(String text, String where) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw decoding("error decoding '" + where + "': parsing time \"" + text + "\"");
        }
    }

    private static MalformedBodyException unparsable(String where, String type, String function, String text) {
        return decoding("cannot parse '" + where + "' as " + type + ": strconv." + function + ": parsing \"" + text
                + "\": invalid syntax");
    }

    private static MalformedBodyException unconvertible(String where, String type, Object value) {
        return decoding(
                "'" + where + "' expected type '" + type + "', got unconvertible type '" + describe(value) + "'");
    }

    static MalformedBodyException decoding(String problem) {
        return new MalformedBodyException("1 error(s) decoding:\n\n* " + problem);
    }

    static String describe(Object value) {
        if (value instanceof Map<?, ?>) {
            return "map";
        }
        if (value instanceof List<?>) {
            return "slice";
        }
        if (value instanceof Boolean) {
            return "bool";
        }
        return value instanceof GoNumber ? "float64" : "string";
    }
}
