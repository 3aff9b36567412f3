package dev.entente.domain.chain;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Free configuration laid over other free configuration. */
final class FreeMaps {
    private FreeMaps() {}

    /** The first, with what it does not say from the second, also in maps within. What is zero or empty counts as not said. */
    static Map<String, @Nullable Object> under(Map<String, ?> own, Map<String, ?> other) {
        Map<String, @Nullable Object> merged = new TreeMap<>(own);
        other.forEach((key, value) -> merged.merge(key, value == null ? "" : value, FreeMaps::merged));
        return merged;
    }

    private static Object merged(Object own, Object other) {
        if (own instanceof Map<?, ?> inner && other instanceof Map<?, ?> outer) {
            return under(keyed(inner), keyed(outer));
        }
        return isEmpty(own) ? other : own;
    }

    private static Map<String, ?> keyed(Map<?, ?> map) {
        Map<String, Object> keyed = new TreeMap<>();
        map.forEach((key, value) -> keyed.put(String.valueOf(key), value == null ? "" : value));
        return keyed;
    }

    private static boolean isEmpty(Object value) {
        if (value instanceof Number number) {
            return number.doubleValue() == 0;
        }
        return value.equals("") || value.equals(false) || value.equals(Map.of()) || value.equals(List.of());
    }
}
