package dev.entente.domain.trust;

import dev.entente.domain.catalog.GoDuration;
import dev.entente.domain.identity.GoText;
import dev.entente.domain.identity.GoValue;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a provider, read as Consul reads them: names without case, numbers and flags also from texts, unknown names passed
 * over. What does not fit is noted, and all of it is told together.
 */
final class WeakSettings {
    private final Map<String, @Nullable Object> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final List<String> faults = new ArrayList<>();

    WeakSettings(Map<String, ? extends @Nullable Object> raw) {
        values.putAll(raw);
    }

    String text(String name, String other) {
        return read(name, other, "string", WeakSettings::asText);
    }

    /** A text that no complaint shows. */
    String secret(String name) {
        Object value = values.get(name);
        if (value instanceof Map<?, ?> || value instanceof List<?>) {
            faults.add("'" + name + "' expected type 'string', got unconvertible type '" + GoValue.type(value) + "'");
            return "";
        }
        return text(name, "");
    }

    boolean flag(String name) {
        return read(name, false, "bool", WeakSettings::asFlag);
    }

    int integer(String name, int other) {
        return read(name, other, "int", value -> asNumber(value).map(BigDecimal::intValue));
    }

    double decimal(String name, double other) {
        return read(name, other, "float32", value -> asNumber(value).map(BigDecimal::doubleValue));
    }

    /** A duration as text, or as a number of nanoseconds. */
    Duration duration(String name, Duration other) {
        if (values.get(name) instanceof String text) {
            Optional<Duration> parsed = GoDuration.parse(text);
            if (parsed.isEmpty()) {
                faults.add("error decoding '" + name + "': " + GoDuration.problem(text));
            }
            return parsed.orElse(other);
        }
        return read(
                name,
                other,
                "time.Duration",
                value -> asNumber(value).map(number -> Duration.ofNanos(number.longValue())));
    }

    /** What did not fit, in Consul's words; empty when all did. */
    Optional<String> fault() {
        return faults.isEmpty()
                ? Optional.empty()
                : Optional.of(faults.stream()
                        .sorted()
                        .collect(Collectors.joining("\n* ", faults.size() + " error(s) decoding:\n\n* ", "")));
    }

    private <T> T read(String name, T other, String goType, Function<Object, Optional<T>> convert) {
        Object value = values.get(name);
        if (value == null) {
            return other;
        }
        Optional<T> converted = convert.apply(value);
        if (converted.isEmpty()) {
            faults.add(
                    value instanceof String text
                            ? unparsable(name, goType, text)
                            : GoValue.unconvertible(name, goType, value));
        }
        return converted.orElse(other);
    }

    private static String unparsable(String name, String goType, String text) {
        String type = goType.equals("float32") ? "float" : goType;
        String function = "strconv.Parse" + type.substring(0, 1).toUpperCase(Locale.ROOT) + type.substring(1);
        return "cannot parse '" + name + "' as " + type + ": " + function + ": parsing " + GoText.quote(text)
                + ": invalid syntax";
    }

    private static Optional<String> asText(Object value) {
        if (value instanceof Boolean flag) {
            return Optional.of(flag ? "1" : "0");
        }
        return value instanceof String || value instanceof Number ? Optional.of(value.toString()) : Optional.empty();
    }

    private static Optional<Boolean> asFlag(Object value) {
        if (value instanceof Boolean flag) {
            return Optional.of(flag);
        }
        if (value instanceof String text) {
            return switch (text) {
                case "1", "t", "T", "true", "TRUE", "True" -> Optional.of(true);
                case "0", "f", "F", "false", "FALSE", "False", "" -> Optional.of(false);
                default -> Optional.empty();
            };
        }
        return asNumber(value).map(number -> number.signum() != 0);
    }

    private static Optional<BigDecimal> asNumber(Object value) {
        if (value instanceof Boolean flag) {
            return Optional.of(flag ? BigDecimal.ONE : BigDecimal.ZERO);
        }
        try {
            return value instanceof Number || value instanceof String
                    ? Optional.of(new BigDecimal(value.equals("") ? "0" : value.toString()))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
