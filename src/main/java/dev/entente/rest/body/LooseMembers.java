package dev.entente.rest.body;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of a config entry, read with the leniency that Consul has there: names without case and underscores, one thing where a
 * list is due, numbers where texts are. Complaints name the path, and all unknown members together (protocol chapter 6.6).
 */
final class LooseMembers {

    /** A member that was not asked for, or not yet. */
    private record Left(String spelled, @Nullable Object value) {}

    private final Map<String, Left> left = new LinkedHashMap<>();
    private final String path;
    private final List<LooseMembers> children = new ArrayList<>();

    private LooseMembers(Map<?, ?> object, String path) {
        this.path = path;
        object.forEach((name, value) -> {
            String spelled = String.valueOf(name);
            left.put(normal(spelled), new Left(spelled, value));
        });
    }

    static LooseMembers ofBody(Object body) {
        if (body instanceof Map<?, ?> object) {
            return new LooseMembers(object, "");
        }
        throw new MalformedBodyException("'' expected a map, got '" + describe(body) + "'");
    }

    String text(String... names) {
        for (String name : names) {
            Object value = take(name);
            if (value != null) {
                return textOf(value, pathOf(name));
            }
        }
        return "";
    }

    private static String textOf(Object value, String where) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof GoNumber number) {
            return number.text();
        }
        if (value instanceof Boolean flag) {
            return flag ? "1" : "0";
        }
        throw decoding("'" + where + "' expected type 'string', got unconvertible type '" + describe(value) + "'");
    }

    boolean flag(String name) {
        Object value = take(name);
        if (value instanceof Boolean flag) {
            return flag;
        }
        if (value instanceof GoNumber number) {
            return number.value().doubleValue() != 0;
        }
        if (value == null || value.equals("")) {
            return false;
        }
        if (value instanceof String text && (text.equals("true") || text.equals("false"))) {
            return text.equals("true");
        }
        throw decoding("cannot parse '" + pathOf(name) + "' as bool");
    }

    int integer(String name) {
        Object value = take(name);
        if (value == null) {
            return 0;
        }
        if (value instanceof GoNumber number) {
            return number.value().intValue();
        }
        throw decoding("'" + pathOf(name) + "' expected type 'int', got unconvertible type '" + describe(value) + "'");
    }

    @Nullable
    Instant time(String name) {
        String text = text(name);
        if (text.isEmpty()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw decoding("error decoding '" + pathOf(name) + "': parsing time \"" + text + "\"");
        }
    }

    Map<String, String> textMap(String name) {
        Object value = take(name);
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw noMap(pathOf(name), value);
        }
        Map<String, String> texts = new HashMap<>();
        map.forEach((key, item) ->
                texts.put(String.valueOf(key), item == null ? "" : textOf(item, pathOf(name) + "[" + key + "]")));
        return texts;
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Object item : items(name)) {
            texts.add(item == null ? "" : textOf(item, pathOf(name) + "[" + texts.size() + "]"));
        }
        return texts;
    }

    @Nullable
    LooseMembers object(String name) {
        Object value = take(name);
        return value == null ? null : child(value, pathOf(name));
    }

    /** The objects of a list, or the one object that stands in its place. */
    List<LooseMembers> list(String name) {
        List<LooseMembers> objects = new ArrayList<>();
        for (Object item : items(name)) {
            String where = pathOf(name) + "[" + objects.size() + "]";
            objects.add(child(item == null ? Map.of() : item, where));
        }
        return objects;
    }

    private List<?> items(String name) {
        Object value = take(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list;
        }
        boolean isEmptyMap = value instanceof Map<?, ?> map && map.isEmpty();
        return isEmptyMap ? List.of() : List.of(value);
    }

    private LooseMembers child(Object value, String where) {
        if (value instanceof Map<?, ?> map) {
            LooseMembers child = new LooseMembers(map, where + ".");
            children.add(child);
            return child;
        }
        throw noMap(where, value);
    }

    void ignore(String name) {
        take(name);
    }

    /** Complains about all members, here and below, that nobody asked for. */
    void end() {
        List<String> unknown = new ArrayList<>();
        collectUnknown(unknown);
        if (!unknown.isEmpty()) {
            String count = unknown.size() == 1 ? "1 error" : unknown.size() + " errors";
            throw new MalformedBodyException(count + " occurred:\n" + String.join("", unknown) + "\n");
        }
    }

    private void collectUnknown(List<String> unknown) {
        for (Left each : left.values()) {
            String hint =
                    each.spelled().equalsIgnoreCase("Namespace") ? ", namespaces are a consul enterprise feature" : "";
            unknown.add("\t* invalid config key \"" + path + each.spelled() + "\"" + hint + "\n");
        }
        children.forEach(child -> child.collectUnknown(unknown));
    }

    private @Nullable Object take(String name) {
        Left taken = left.remove(normal(name));
        return taken == null ? null : taken.value();
    }

    private String pathOf(String name) {
        return path + name;
    }

    private static String normal(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    private static MalformedBodyException noMap(String where, Object value) {
        return decoding("'" + where + "' expected a map, got '" + describe(value) + "'");
    }

    private static MalformedBodyException decoding(String problem) {
        return new MalformedBodyException("1 error(s) decoding:\n\n* " + problem);
    }

    private static String describe(Object value) {
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
