package dev.entente.domain.identity;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Values as Go, in which Consul is written, knows them once it has read JSON into nothing in particular: what they are called, and how
 * it prints them. They are texts, numbers, booleans, null, lists and maps.
 */
public final class GoValue {
    private static final int SMALLEST_PLAIN = -4;
    private static final int LARGEST_PLAIN = 21;

    private GoValue() {}

    public static String type(Object value) {
        if (value instanceof Map<?, ?>) {
            return "map[string]interface {}";
        }
        return value instanceof List<?> ? "[]interface {}" : kind(value);
    }

    /** The kind of a type, without what it is made of. */
    public static String kind(Object value) {
        if (value instanceof Map<?, ?>) {
            return "map";
        }
        if (value instanceof List<?>) {
            return "slice";
        }
        if (value instanceof Boolean) {
            return "bool";
        }
        return value instanceof Number ? "float64" : "string";
    }

    /** That a value is not what is due, as Consul says it. */
    public static String unconvertible(String where, String type, Object value) {
        return "'" + where + "' expected type '" + type + "', got unconvertible type '" + type(value) + "', value: '"
                + print(value) + "'";
    }

    /** A value as {@code %v} prints it. */
    public static String print(@Nullable Object value) {
        if (value == null) {
            return "<nil>";
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, String> sorted = new TreeMap<>();
            map.forEach((key, item) -> sorted.put(String.valueOf(key), print(item)));
            return sorted.entrySet().stream()
                    .map(each -> each.getKey() + ":" + each.getValue())
                    .collect(Collectors.joining(" ", "map[", "]"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(GoValue::print).collect(Collectors.joining(" ", "[", "]"));
        }
        return value instanceof Number number ? shortest(decimal(number)) : value.toString();
    }

    /** A number without an exponent, with as many digits as tell it from its neighbours. */
    public static String plain(Number number) {
        return decimal(number).toPlainString();
    }

    private static BigDecimal decimal(Number number) {
        double value = number.doubleValue();
        if (Double.isInfinite(value) || value == 0) {
            return BigDecimal.ZERO;
        }
        BigDecimal exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        return exact.scale() < 0 ? exact.setScale(0) : exact;
    }

    private static String shortest(BigDecimal value) {
        BigDecimal digits = value.stripTrailingZeros();
        int exponent = digits.precision() - digits.scale() - 1;
        if (value.signum() == 0 || (exponent >= SMALLEST_PLAIN && exponent < LARGEST_PLAIN)) {
            return value.toPlainString();
        }
        String mantissa = digits.movePointLeft(exponent).toPlainString();
        return mantissa + "e" + (exponent < 0 ? "-" : "+") + String.format("%02d", Math.abs(exponent));
    }
}
