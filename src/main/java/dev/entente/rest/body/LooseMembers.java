package dev.entente.rest.body;

import dev.entente.domain.identity.ErrorList;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The members of a config entry, read with the leniency that Consul has there: names without case or with underscores, one thing where
 * a list is due, numbers where texts are. All that does not fit is told together; if all fits, all unknown members are (protocol
 * chapter 6.6).
 */
final class LooseMembers {
    private static final Pattern BETWEEN_WORDS =
            Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-z])(?=[0-9])");

    private final Map<String, @Nullable Object> left = new LinkedHashMap<>();
    private final String path;
    private final Collection<String> problems;
    private final List<LooseMembers> children = new ArrayList<>();

    private LooseMembers(Map<?, ?> object, String path, Collection<String> problems) {
        this.path = path;
        this.problems = problems;
        object.forEach((name, value) -> left.put(String.valueOf(name), value));
    }

    static LooseMembers ofBody(Map<?, ?> body) {
        return new LooseMembers(body, "", new ArrayList<>());
    }

    String text(String... names) {
        for (String name : names) {
            Object value = take(name);
            if (value != null) {
                return textOf(value, pathOf(name), "string");
            }
        }
        return "";
    }

    /** A text whose type has a name. */
    String named(String goType, String name) {
        Object value = take(name);
        return value == null ? "" : textOf(value, pathOf(name), goType);
    }

    boolean flag(String name) {
        return orElse(false, name, LooseValues::flag);
    }

    int integer(String name) {
        return orElse(0, name, LooseValues::integer);
    }

    /** Null when it is absent. */
    @Nullable
    Integer integerIfAny(String name) {
        return ifAny(name, LooseValues::integer);
    }

    /** A number of 32 bits without a sign. */
    long unsigned(String name) {
        return orElse(0L, name, (value, where) -> LooseValues.unsigned(value, where, Integer.SIZE));
    }

    /** Null when it is absent. */
    @Nullable
    Long unsignedIfAny(String name) {
        return ifAny(name, (value, where) -> LooseValues.unsigned(value, where, Integer.SIZE));
    }

    /** A number of 64 bits without a sign. */
    long large(String name) {
        return orElse(0L, name, (value, where) -> LooseValues.unsigned(value, where, Long.SIZE));
    }

    float decimal(String name) {
        return orElse(0F, name, LooseValues::decimal);
    }

    /** A duration in words, or a number of nanoseconds. */
    Duration duration(String name) {
        return orElse(Duration.ZERO, name, LooseValues::duration);
    }

    @Nullable
    Instant time(String name) {
        return ifAny(name, LooseValues::time);
    }

    Map<String, String> textMap(String name) {
        Map<String, String> texts = new HashMap<>();
        map(name)
                .forEach((key, item) -> texts.put(
                        String.valueOf(key),
                        item == null ? "" : textOf(item, pathOf(name) + "[" + key + "]", "string")));
        return texts;
    }

    /** Free configuration, with its keys as they were written. */
    Map<String, @Nullable Object> free(String name) {
        return FreeValues.map(map(name));
    }

    List<String> texts(String name) {
        return texts(name, "string");
    }

    /** Texts whose type has a name. */
    List<String> texts(String name, String goType) {
        return items(name, "", (item, where) -> LooseValues.text(item, where, goType));
    }

    /** Numbers of 32 bits without a sign. */
    List<Long> numbers(String name) {
        return items(name, 0L, (item, where) -> LooseValues.unsigned(item, where, Integer.SIZE));
    }

    private @Nullable LooseMembers object(String name) {
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
        return members == null ? child(Map.of(), pathOf(name)) : members;
    }

    /** What stands in the objects of a list, or in the one object that stands in its place. */
    <T> List<T> list(String name, Function<LooseMembers, T> read) {
        List<T> objects = new ArrayList<>();
        for (Object item : items(name)) {
            String where = pathOf(name) + "[" + objects.size() + "]";
            objects.add(read.apply(child(item == null ? Map.of() : LooseValues.single(item), where)));
        }
        return objects;
    }

    /** The objects of a map, whose keys stay as they were written. */
    <T> SortedMap<String, T> objects(String name, Function<LooseMembers, T> read) {
        SortedMap<String, T> objects = new TreeMap<>();
        map(name).forEach((key, item) -> {
            Object value = item == null ? Map.of() : LooseValues.single(item);
            objects.put(String.valueOf(key), read.apply(child(value, pathOf(name) + "[" + key + "]")));
        });
        return objects;
    }

    /** A map, or several in a list, which are joined. */
    private Map<?, ?> map(String name) {
        Object value = take(name);
        Object single = value == null ? Map.of() : LooseValues.single(value);
        if (single instanceof Map<?, ?> map) {
            return map;
        }
        if (!(single instanceof List<?> list)) {
            problems.add(LooseValues.noMap(pathOf(name), single).text());
            return Map.of();
        }
        Map<Object, @Nullable Object> joined = new LinkedHashMap<>();
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof Map<?, ?> map) {
                joined.putAll(map);
            } else if (list.get(i) != null) {
                problems.add(LooseValues.noMap(pathOf(name) + "[" + i + "]", list.get(i))
                        .text());
            }
        }
        return joined;
    }

    private <T> List<T> items(String name, T other, BiFunction<Object, String, T> read) {
        List<T> values = new ArrayList<>();
        for (Object item : items(name)) {
            T value = item == null ? null : tried(item, pathOf(name) + "[" + values.size() + "]", read);
            values.add(Objects.requireNonNullElse(value, other));
        }
        return values;
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
        if (!(value instanceof Map<?, ?>)) {
            problems.add(LooseValues.noMap(where, value).text());
        }
        Map<?, ?> members = value instanceof Map<?, ?> map ? map : Map.of();
        LooseMembers child = new LooseMembers(members, where + ".", problems);
        children.add(child);
        return child;
    }

    private String textOf(Object value, String where, String goType) {
        return Objects.requireNonNullElse(tried(value, where, (each, at) -> LooseValues.text(each, at, goType)), "");
    }

    private <T> T orElse(T other, String name, BiFunction<Object, String, T> read) {
        return Objects.requireNonNullElse(ifAny(name, read), other);
    }

    private <T> @Nullable T ifAny(String name, BiFunction<Object, String, T> read) {
        Object value = take(name);
        return value == null ? null : tried(value, pathOf(name), read);
    }

    /** The value; null when it does not fit, which is noted. */
    private <T> @Nullable T tried(Object value, String where, BiFunction<Object, String, T> read) {
        try {
            return read.apply(value, where);
        } catch (MalformedBodyException e) {
            problems.add(e.text());
            return null;
        }
    }

    /** Takes a member without looking at it, if it is spelled exactly so. */
    void ignore(String name) {
        left.remove(name);
    }

    /** Complains about all that did not fit. */
    void requireFit() {
        if (!problems.isEmpty()) {
            throw new MalformedBodyException(problems.stream()
                    .map(each -> "* " + each)
                    .sorted()
                    .collect(Collectors.joining("\n", problems.size() + " error(s) decoding:\n\n", "")));
        }
    }

    /** Complains about all that did not fit, else about all members, here and below, that nobody asked for. */
    void end() {
        requireFit();
        List<String> unknown = new ArrayList<>();
        collectUnknown(unknown);
        if (!unknown.isEmpty()) {
            throw new MalformedBodyException(ErrorList.text(unknown));
        }
    }

    private void collectUnknown(List<String> unknown) {
        children.forEach(child -> child.collectUnknown(unknown));
        left.keySet().forEach(name -> {
            boolean isNamespace = name.toLowerCase(Locale.ROOT).endsWith("namespace");
            String hint = isNamespace ? ", namespaces are a consul enterprise feature" : "";
            unknown.add("invalid config key \"" + path + name + "\"" + hint);
        });
    }

    /** The member that is spelled so, else the first one that is but for case and underscores. */
    private @Nullable Object take(String name) {
        if (left.containsKey(name)) {
            return left.remove(name);
        }
        String parted = parted(name);
        for (String each : left.keySet()) {
            if (each.equalsIgnoreCase(name) || each.equalsIgnoreCase(parted)) {
                return left.remove(each);
            }
        }
        return null;
    }

    /** The name with underscores between its words. */
    private static String parted(String name) {
        return BETWEEN_WORDS.matcher(name).replaceAll("_");
    }

    private String pathOf(String name) {
        return path + name;
    }
}
