package dev.entente.rest.body;

import dev.entente.rest.json.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object, read one by one with Go's rules: names without case, null as absent, and in the end no member left
 * that was not asked for (protocol chapter 6.1.9). Each member may have more than one name.
 */
final class Members {
    private final Map<String, @Nullable Object> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Set<String> left = new HashSet<>();
    private final List<String> spelled = new ArrayList<>();
    private final List<String> unreadDurations = new ArrayList<>();
    private final Place place;

    private Members(Map<?, ?> object, Place place) {
        this.place = place;
        object.forEach((name, value) -> {
            String text = String.valueOf(name);
            values.put(text, value);
            left.add(lower(text));
            spelled.add(text);
        });
    }

    /**
     * The members of a whole body; null counts as an empty object.
     *
     * @param struct what complaints call the thing that is read
     */
    static Members ofBody(byte[] body, String struct, String goType) {
        Object value = JsonReader.read(body);
        if (value == null) {
            return new Members(Map.of(), Place.ofBody(struct));
        }
        if (value instanceof Map<?, ?> object) {
            return new Members(object, Place.ofBody(struct));
        }
        throw new MalformedBodyException(
                "json: cannot unmarshal " + Place.describe(value) + " into Go value of type " + goType);
    }

    String text(String... names) {
        return named("string", names);
    }

    /** A text whose type has a name. */
    String named(String goType, String... names) {
        Object value = take(names);
        if (value == null) {
            return "";
        }
        if (value instanceof String text) {
            return text;
        }
        throw mismatch(value, goType, names);
    }

    /** The text, or another when it is absent or empty. */
    String textOr(String other, String... names) {
        String text = text(names);
        return text.isEmpty() ? other : text;
    }

    boolean flag(String... names) {
        Object value = take(names);
        if (value == null) {
            return false;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw mismatch(value, "bool", names);
    }

    int integer(String... names) {
        Object value = take(names);
        if (value == null) {
            return 0;
        }
        if (value instanceof GoNumber number) {
            if (number.isInteger() && number.value() instanceof Long whole && whole == whole.intValue()) {
                return whole.intValue();
            }
            throw new MalformedBodyException(Place.complaint("number " + number.text(), where(names), "int"));
        }
        throw mismatch(value, "int", names);
    }

    /** A whole number that is not negative, such as an index. */
    long whole(String... names) {
        Object value = take(names);
        if (value == null) {
            return 0;
        }
        if (value instanceof GoNumber number) {
            if (number.isInteger() && number.value() instanceof Long whole && whole >= 0) {
                return whole;
            }
            throw new MalformedBodyException(Place.complaint("number " + number.text(), where(names), "uint64"));
        }
        throw mismatch(value, "uint64", names);
    }

    /** A duration as text, or as a number of nanoseconds. What cannot be read is complained about when all else was read. */
    Duration duration(String... names) {
        Object value = take(names);
        if (value instanceof String text) {
            Optional<Duration> read = DurationText.parse(text);
            if (read.isEmpty()) {
                unreadDurations.add(DurationText.problem(text));
            }
            return read.orElse(Duration.ZERO);
        }
        if (value instanceof GoNumber number) {
            return Duration.ofNanos(number.value().longValue());
        }
        return Duration.ZERO;
    }

    List<String> texts(String... names) {
        Object value = take(names);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw mismatch(value, "[]string", names);
        }
        List<String> texts = new ArrayList<>();
        for (Object each : list) {
            texts.add(textOf(each, names));
        }
        return texts;
    }

    Map<String, String> textMap(String... names) {
        return map("map[string]string", value -> textOf(value, names), names);
    }

    Map<String, List<String>> textsMap(String... names) {
        return map(
                "map[string][]string",
                value -> value instanceof List<?> list
                        ? list.stream().map(each -> textOf(each, names)).toList()
                        : List.of(),
                names);
    }

    private <V> Map<String, V> map(String goType, Function<@Nullable Object, V> each, String... names) {
        Object value = take(names);
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw mismatch(value, goType, names);
        }
        Map<String, V> result = new LinkedHashMap<>();
        map.forEach((key, item) -> result.put(String.valueOf(key), each.apply(item)));
        return result;
    }

    /** Free configuration: strings, numbers, booleans, null, lists and maps. */
    Map<String, @Nullable Object> free(String... names) {
        Object value = take(names);
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw mismatch(value, "map[string]interface {}", names);
        }
        return FreeValues.map(map);
    }

    /** A nested object; null when it is absent. */
    @Nullable
    Members object(String goType, String... names) {
        return object(GoType.plain(goType), names);
    }

    @Nullable
    Members object(GoType type, String... names) {
        Object value = take(names);
        return value == null ? null : nested(value, type, names);
    }

    /** The nested objects of a list. */
    List<Members> objects(String goType, String... names) {
        return objects(goType, GoType.plain(goType).element(), names);
    }

    /** The same where the type of the list does not tell that of its items. */
    List<Members> objects(String goType, GoType item, String... names) {
        Object value = take(names);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw mismatch(value, goType, names);
        }
        List<Members> items = new ArrayList<>();
        for (Object each : list) {
            if (each != null) {
                items.add(nested(each, item, names));
            }
        }
        return items;
    }

    /** The nested objects of a map. */
    Map<String, Members> objectMap(String goType, String... names) {
        GoType item = GoType.plain(goType).element();
        return map(goType, value -> nested(value == null ? Map.of() : value, item, names), names);
    }

    private Members nested(Object value, GoType type, String... names) {
        if (value instanceof Map<?, ?> map) {
            return new Members(map, place.in(names[0], type));
        }
        throw mismatch(value, type.text(), names);
    }

    boolean has(String name) {
        return values.get(name) != null;
    }

    /** Takes a member without looking at it. */
    Members ignore(String... names) {
        for (String name : names) {
            left.remove(lower(name));
        }
        return this;
    }

    /** Takes a text that only the reader knows, and that has no effect. */
    Members ignoreText(String name) {
        Object value = take(name);
        if (value == null || value instanceof String) {
            return this;
        }
        throw new MalformedBodyException(Place.complaint(Place.describe(value), place.ofOther(name), "string"));
    }

    /** Complains about the first member that nobody asked for. */
    void end() {
        spelled.stream().filter(name -> left.contains(lower(name))).findFirst().ifPresent(name -> {
            throw new MalformedBodyException("json: unknown field \"" + name + "\"");
        });
        endWithOthers();
    }

    /** Complains as {@link #end}, but not about members that nobody asked for. */
    void endWithOthers() {
        unreadDurations.stream().findFirst().ifPresent(complaint -> {
            throw new MalformedBodyException(complaint);
        });
    }

    private @Nullable Object take(String... names) {
        Object found = null;
        for (String name : names) {
            left.remove(lower(name));
            Object value = values.get(name);
            if (found == null) {
                found = value;
            }
        }
        return found;
    }

    private String textOf(@Nullable Object value, String... names) {
        if (value == null) {
            return "";
        }
        if (value instanceof String text) {
            return text;
        }
        throw mismatch(value, "string", names);
    }

    private MalformedBodyException mismatch(Object value, String goType, String... names) {
        return new MalformedBodyException(Place.complaint(Place.describe(value), where(names), goType));
    }

    /** The place of the member by the first of its names that the body has. */
    private String where(String... names) {
        String used = Arrays.stream(names).filter(this::has).findFirst().orElse(names[0]);
        return used.equals(names[0]) ? place.of(used) : place.ofOther(used);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
