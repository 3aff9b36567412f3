package dev.entente.rest.body;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Free configuration: strings, numbers, booleans, null, lists and maps, as the domain holds them. */
final class FreeValues {
    private FreeValues() {}

    static Map<String, @Nullable Object> map(Map<?, ?> map) {
        Map<String, @Nullable Object> result = new TreeMap<>();
        map.forEach((key, item) -> result.put(String.valueOf(key), value(item)));
        return result;
    }

    static @Nullable Object value(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map(map);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> items = new ArrayList<>();
            list.forEach(item -> items.add(value(item)));
            return items;
        }
        return value instanceof GoNumber number ? number.value() : value;
    }
}
