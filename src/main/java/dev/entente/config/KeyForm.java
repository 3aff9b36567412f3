package dev.entente.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The forms a configuration value can have; each accepts what JSON and HCL make of it, or nothing. */
enum KeyForm {
    STRING("string") {
        @Override
        Optional<Object> accept(Object value) {
            return value instanceof String ? Optional.of(value) : Optional.empty();
        }
    },
    INT("int") {
        @Override
        Optional<Object> accept(Object value) {
            return value instanceof Number number && number.doubleValue() == Math.rint(number.doubleValue())
                    ? Optional.of(number.longValue())
                    : Optional.empty();
        }
    },
    NUMBER("float64") {
        @Override
        Optional<Object> accept(Object value) {
            return value instanceof Number number ? Optional.of(number.doubleValue()) : Optional.empty();
        }
    },
    BOOL("bool") {
        @Override
        Optional<Object> accept(Object value) {
            return value instanceof Boolean ? Optional.of(value) : Optional.empty();
        }
    },
    STRINGS("list of strings") {
        @Override
        Optional<Object> accept(Object value) {
            List<Object> list = listOf(value);
            return list.stream().allMatch(String.class::isInstance) ? Optional.of(list) : Optional.empty();
        }

        @Override
        Object merge(Object earlier, Object later) {
            return append(earlier, later);
        }
    },
    MAP("map of strings") {
        @Override
        Optional<Object> accept(Object value) {
            Map<String, Object> entries = new LinkedHashMap<>();
            for (Object part : listOf(value)) {
                if (!(part instanceof Map<?, ?> map) || !map.values().stream().allMatch(String.class::isInstance)) {
                    return Optional.empty();
                }
                map.forEach((name, text) -> entries.put(String.valueOf(name), text));
            }
            return Optional.of(entries);
        }

        @Override
        Object merge(Object earlier, Object later) {
            return overlay(earlier, later);
        }
    },
    LIST("list") {
        @Override
        Optional<Object> accept(Object value) {
            return Optional.of(listOf(value));
        }

        @Override
        Object merge(Object earlier, Object later) {
            return append(earlier, later);
        }
    },
    BLOCK("block") {
        @Override
        Optional<Object> accept(Object value) {
            List<Object> parts = listOf(value);
            return parts.stream().allMatch(Map.class::isInstance) ? Optional.of(parts) : Optional.empty();
        }
    },
    ANY("any") {
        @Override
        Optional<Object> accept(Object value) {
            return Optional.of(value);
        }

        @Override
        Object merge(Object earlier, Object later) {
            return earlier instanceof Map && later instanceof Map ? overlay(earlier, later) : later;
        }
    };

    private final String title;

    KeyForm(String title) {
        this.title = title;
    }

    /** The value in its normal form, or nothing if it has another form than this. */
    abstract Optional<Object> accept(Object value);

    /** What two sources say together: a later scalar replaces, lists are joined, maps are laid over each other. */
    Object merge(Object earlier, Object later) {
        assert earlier != null;
        return later;
    }

    String title() {
        return title;
    }

    /** A repeated HCL block is a list, a single one is not; here both are lists. */
    private static List<Object> listOf(Object value) {
        return value instanceof List<?> list ? new ArrayList<>(list) : new ArrayList<>(List.of(value));
    }

    private static Object append(Object earlier, Object later) {
        List<Object> all = listOf(earlier);
        all.addAll(listOf(later));
        return all;
    }

    private static Object overlay(Object earlier, Object later) {
        Map<Object, Object> all = new LinkedHashMap<>((Map<?, ?>) earlier);
        all.putAll((Map<?, ?>) later);
        return all;
    }
}
