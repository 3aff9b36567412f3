package dev.entente.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The members of one block of a configuration file, read one by one; names count without case. Complaints name the path and are
 * collected, so that an operator sees all of them at once; what is complained about counts as absent.
 */
final class Block {
    /** A member that was not asked for, or not yet. */
    private record Left(String spelled, Object value) {}

    private final Map<String, Left> left = new LinkedHashMap<>();
    private final String path;
    private final List<String> errors;

    Block(Map<?, ?> members, String path, List<String> errors) {
        this.path = path;
        this.errors = errors;
        members.forEach((name, value) -> {
            if (value != null) {
                String spelled = String.valueOf(name);
                left.put(spelled.toLowerCase(Locale.ROOT), new Left(spelled, value));
            }
        });
    }

    /** The blocks of a list that stands under this path. */
    static List<Block> list(Object value, String path, List<String> errors) {
        List<Block> blocks = new ArrayList<>();
        for (Object each : value instanceof List<?> list ? list : List.of(value)) {
            String where = path + "[" + blocks.size() + "]";
            if (each instanceof Map<?, ?> map) {
                blocks.add(new Block(map, where, errors));
            } else {
                errors.add("'" + where + "' expected a map, got '" + kindOf(each) + "'");
            }
        }
        return blocks;
    }

    /** The one block that stands under this path. */
    static Optional<Block> single(Object value, String path, List<String> errors) {
        Object only = value instanceof List<?> list && list.size() == 1 ? list.get(0) : value;
        if (only instanceof Map<?, ?> map) {
            return Optional.of(new Block(map, path, errors));
        }
        errors.add("'" + path + "' expected a map, got '" + kindOf(only) + "'");
        return Optional.empty();
    }

    String text(String... names) {
        return take(KeyForm.STRING, names).map(String.class::cast).orElse("");
    }

    boolean flag(String... names) {
        return take(KeyForm.BOOL, names).map(Boolean.class::cast).orElse(false);
    }

    int integer(String name) {
        return integer(name, 0);
    }

    int integer(String name, int byDefault) {
        return take(KeyForm.INT, name)
                .map(number -> (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, (Long) number)))
                .orElse(byDefault);
    }

    /** A duration in words; complaints say of what it is one. */
    Duration duration(String of, String... names) {
        String text = text(names);
        if (text.isEmpty()) {
            return Duration.ZERO;
        }
        Optional<Duration> duration = GoDuration.parse(text);
        if (duration.isEmpty()) {
            errors.add(of + "." + names[0] + ": invalid duration: \"" + text + "\"");
        }
        return duration.orElse(Duration.ZERO);
    }

    List<String> texts(String... names) {
        return take(KeyForm.STRINGS, names).stream()
                .flatMap(list -> ((List<?>) list).stream())
                .map(String::valueOf)
                .toList();
    }

    Map<String, String> textMap(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        take(KeyForm.MAP, name)
                .ifPresent(
                        map -> ((Map<?, ?>) map).forEach((key, text) -> texts.put(String.valueOf(key), (String) text)));
        return texts;
    }

    Map<String, List<String>> textsMap(String name) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        block(name)
                .ifPresent(block -> List.copyOf(block.left.values())
                        .forEach(each -> lists.put(each.spelled(), block.texts(each.spelled()))));
        return lists;
    }

    /** Free configuration, with its keys as they were written. */
    Map<String, @Nullable Object> free(String name) {
        Map<String, @Nullable Object> values = new TreeMap<>();
        block(name)
                .ifPresent(block ->
                        block.left.values().forEach(each -> values.put(each.spelled(), plain(each.value()))));
        return values;
    }

    boolean has(String name) {
        return left.containsKey(name);
    }

    Optional<Block> block(String name) {
        Left taken = left.remove(name);
        return taken == null ? Optional.empty() : single(taken.value(), path + "." + name, errors);
    }

    List<Block> blocks(String name) {
        Left taken = left.remove(name);
        return taken == null ? List.of() : list(taken.value(), path + "." + name, errors);
    }

    /** The blocks of a map, whose keys stay as they were written. */
    Map<String, Block> blockMap(String name) {
        Map<String, Block> blocks = new LinkedHashMap<>();
        block(name)
                .ifPresent(map -> map.left
                        .values()
                        .forEach(each -> single(each.value(), map.path + "[" + each.spelled() + "]", errors)
                                .ifPresent(block -> blocks.put(each.spelled(), block))));
        return blocks;
    }

    /** Complains about all members that nobody asked for. */
    void end() {
        left.values().forEach(each -> errors.add("invalid config key " + path + "." + each.spelled()));
    }

    private Optional<Object> take(KeyForm form, String... names) {
        Optional<Object> found = Optional.empty();
        for (String name : names) {
            Left taken = left.remove(name.toLowerCase(Locale.ROOT));
            if (taken != null && found.isEmpty()) {
                found = accepted(form, name, taken.value());
            }
        }
        return found;
    }

    private Optional<Object> accepted(KeyForm form, String name, Object value) {
        Optional<Object> accepted = form.accept(value);
        if (accepted.isEmpty()) {
            errors.add("'" + path + "." + name + "' expected type '" + form.title() + "', got unconvertible type '"
                    + kindOf(value) + "'");
        }
        return accepted;
    }

    /** Whole numbers are of one type, whichever format they were written in. */
    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new TreeMap<>();
            map.forEach((key, item) -> copy.put(String.valueOf(key), plain(item)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(item -> copy.add(plain(item)));
            return copy;
        }
        return value instanceof Number number && number.doubleValue() == Math.rint(number.doubleValue())
                ? (Object) number.longValue()
                : value;
    }

    /** Only the kind of a value: it may be a secret. */
    private static String kindOf(Object value) {
        if (value instanceof Map) {
            return "map";
        }
        if (value instanceof List) {
            return "slice";
        }
        if (value instanceof Boolean) {
            return "bool";
        }
        return value instanceof Number ? "float64" : "string";
    }
}
