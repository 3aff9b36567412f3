package dev.entente.domain.chain;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Free configuration laid over other free configuration. */
final class FreeMaps {
    private FreeMaps() {}

    /** The first, with what it does not say from the second, also in maps within. What is null, zero or empty counts as not said. */
    static Map<String, @Nullable Object> under(Map<String, ?> own, Map<String, ?> other) {
        Map<String, @Nullable Object> merged = new TreeMap<>(own);
        other.forEach((key, value) -> merged.put(key, merged(merged.get(key), value)));
        return merged;
    }

    private static @Nullable Object merged(@Nullable Object own, @Nullable Object other) {
        if (own instanceof Map<?, ?> inner && other instanceof Map<?, ?> outer) {
            return under(keyed(inner), keyed(outer));
        }
        return own == null || isEmpty(own) ? other : own;
    }

    private static Map<String, @Nullable Object> keyed(Map<?, ?> map) {
        Map<String, @Nullable Object> keyed = new TreeMap<>();
        map.forEach((key, value) -> keyed.put(String.valueOf(key), value));
        return keyed;
    }

    private static boolean isEmpty(Object value) {
        if (value instanceof Number number) {
            return number.doubleValue() == 0;
        }
        return value.equals("") || value.equals(false) || value.equals(Map.of()) || value.equals(List.of());
    }
}
