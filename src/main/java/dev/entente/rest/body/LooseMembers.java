package dev.entente.rest.body;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
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
        throw new MalformedBodyException("'' expected a map, got '" + LooseValues.describe(body) + "'");
    }

    String text(String... names) {
        for (String name : names) {
            Object value = take(name);
            if (value != null) {
                return LooseValues.text(value, pathOf(name));
            }
        }
        return "";
    }

    boolean flag(String name) {
        Boolean flag = flagIfAny(name);
        return flag != null && flag;
    }

    /** Null when it is absent. */
    @Nullable
    Boolean flagIfAny(String name) {
        Object value = take(name);
        return value == null ? null : LooseValues.flag(value, pathOf(name));
    }

    int integer(String name) {
        return (int) number(name);
    }

    /** Null when it is absent. */
    @Nullable
    Integer integerIfAny(String name) {
        Long number = numberIfAny(name);
        return number == null ? null : number.intValue();
    }

    long number(String name) {
        Long number = numberIfAny(name);
        return number == null ? 0 : number;
    }

    /** Null when it is absent. */
    @Nullable
    Long numberIfAny(String name) {
        Object value = take(name);
        return value == null ? null : LooseValues.number(value, pathOf(name));
    }

    float decimal(String name) {
        Object value = take(name);
        return value == null ? 0 : LooseValues.decimal(value, pathOf(name));
    }

    /** A duration in words, or a number of nanoseconds. */
    Duration duration(String name) {
        Object value = take(name);
        return value == null ? Duration.ZERO : LooseValues.duration(value, pathOf(name));
    }

    @Nullable
    Instant time(String name) {
        String text = text(name);
        return text.isEmpty() ? null : LooseValues.time(text, pathOf(name));
    }

    Map<String, String> textMap(String name) {
        Map<String, String> texts = new HashMap<>();
        map(name)
                .forEach((key, item) -> texts.put(
                        String.valueOf(key),
                        item == null ? "" : LooseValues.text(item, pathOf(name) + "[" + key + "]")));
        return texts;
    }

    /** Free configuration, with its keys as they were written. */
    Map<String, @Nullable Object> free(String name) {
        return FreeValues.map(map(name));
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Object item : items(name)) {
            texts.add(item == null ? "" : LooseValues.text(item, pathOf(name) + "[" + texts.size() + "]"));
        }
        return texts;
    }

    List<Long> numbers(String name) {
        List<Long> numbers = new ArrayList<>();
        for (Object item : items(name)) {
            numbers.add(item == null ? 0L : LooseValues.number(item, pathOf(name) + "[" + numbers.size() + "]"));
        }
        return numbers;
    }

    @Nullable
    LooseMembers object(String name) {
        Object value = take(name);
        return value == null ? null : child(LooseValues.single(value), pathOf(name));
    }

    /** What stands in the object of that name; null when it is absent. */
    <T> @Nullable T object(String name, Function<LooseMembers, T> read) {
        LooseMembers members = object(name);
        return members == null ? null : read.apply(members);
    }

    /** The same, with all members absent when the object is. */
    LooseMembers objectOrEmpty(String name) {
        LooseMembers members = object(name);
        return members == null ? new LooseMembers(Map.of(), pathOf(name) + ".") : members;
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

    /** What stands in the objects of a list. */
    <T> List<T> list(String name, Function<LooseMembers, T> read) {
        return list(name).stream().map(read).toList();
    }

    /** The objects of a map, whose keys stay as they were written. */
    <T> SortedMap<String, T> objects(String name, Function<LooseMembers, T> read) {
        SortedMap<String, T> objects = new TreeMap<>();
        map(name)
                .forEach((key, item) -> objects.put(
                        String.valueOf(key),
                        read.apply(child(item == null ? Map.of() : item, pathOf(name) + "[" + key + "]"))));
        return objects;
    }

    private Map<?, ?> map(String name) {
        Object value = take(name);
        Object single = value == null ? Map.of() : LooseValues.single(value);
        if (single instanceof Map<?, ?> map) {
            return map;
        }
        if (single instanceof List<?> list && list.isEmpty()) {
            return Map.of();
        }
        throw noMap(pathOf(name), single);
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
        return LooseValues.decoding("'" + where + "' expected a map, got '" + LooseValues.describe(value) + "'");
    }
}
