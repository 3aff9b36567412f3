package dev.entente.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All sources laid over each other in their order, with typed access. */
final class ConfigValues {
    private static final int MAX_PORT = 65535;

    private final Map<String, Object> values;

    private ConfigValues(Map<String, Object> values) {
        this.values = values;
    }

    /** Later sources win over earlier ones; lists are joined. */
    static ConfigValues merge(List<ConfigSource> sources, AgentKeys keys) {
        Map<String, Object> merged = new LinkedHashMap<>();
        for (ConfigSource source : sources) {
            source.values().forEach((key, value) -> merged.merge(key, value, keys.formOf(key)::merge));
        }
        return new ConfigValues(merged);
    }

    Iterable<String> names() {
        return values.keySet();
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    Optional<String> text(String key) {
        return Optional.ofNullable((String) values.get(key)).filter(value -> !value.isEmpty());
    }

    String text(String key, String byDefault) {
        return text(key).orElse(byDefault);
    }

    boolean flag(String key, boolean byDefault) {
        return values.get(key) instanceof Boolean value ? value : byDefault;
    }

    long number(String key, long byDefault) {
        return values.get(key) instanceof Long value ? value : byDefault;
    }

    /** A port of the {@code ports} stanza, by its name there. */
    int port(String name, int byDefault) {
        String key = "ports." + name;
        long port = number(key, byDefault);
        if (port > MAX_PORT) {
            throw new InvalidConfigException(key + ": invalid port: " + port);
        }
        return (int) Math.max(port, Integer.MIN_VALUE);
    }

    Duration duration(String key, Duration byDefault) {
        Optional<String> written = text(key);
        if (written.isEmpty()) {
            return byDefault;
        }
        return GoDuration.parse(written.get())
                .orElseThrow(() -> new InvalidConfigException(key + ": invalid duration: \"" + written.get() + "\""));
    }

    Map<String, String> texts(String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (values.get(key) instanceof Map<?, ?> map) {
            map.forEach((name, value) -> texts.put(String.valueOf(name), String.valueOf(value)));
        }
        return texts;
    }

    List<String> list(String key) {
        return values.get(key) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** The things of a list that its sources have made already. */
    <T> List<T> things(String key, Class<T> type) {
        return values.get(key) instanceof List<?> list
                ? list.stream().map(type::cast).toList()
                : List.of();
    }

    Map<String, Object> tree(String key) {
        Map<String, Object> tree = new LinkedHashMap<>();
        List<?> parts = values.get(key) instanceof List<?> list ? list : List.of(values.getOrDefault(key, Map.of()));
        for (Object part : parts) {
            if (!(part instanceof Map<?, ?> map)) {
                throw new InvalidConfigException("'" + key + "' expected type 'block'");
            }
            map.forEach((name, value) -> tree.put(String.valueOf(name), value));
        }
        return tree;
    }
}
