package dev.entente.rest.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The query string as Go reads it: repeated names, flags without a value, no {@code ;} (protocol chapter 6.1.1). */
public final class QueryParameters {
    private static final QueryParameters NONE = new QueryParameters(Map.of());

    private final Map<String, List<String>> values;

    private QueryParameters(Map<String, List<String>> values) {
        this.values = values;
    }

    /** Empty when the query string is malformed. */
    public static Optional<QueryParameters> parse(@Nullable String query) {
        if (query == null || query.isEmpty()) {
            return Optional.of(NONE);
        }
        Map<String, List<String>> values = new HashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            Optional<String> name = decode(equals < 0 ? pair : pair.substring(0, equals));
            Optional<String> value = decode(equals < 0 ? "" : pair.substring(equals + 1));
            if (pair.indexOf(';') >= 0 || name.isEmpty() || value.isEmpty()) {
                return Optional.empty();
            }
            if (!pair.isEmpty()) {
                values.computeIfAbsent(name.get(), key -> new ArrayList<>(1)).add(value.get());
            }
        }
        return Optional.of(new QueryParameters(values));
    }

    /** The first value; empty text when there is none. */
    public String first(String name) {
        List<String> all = values.get(name);
        return all == null ? "" : all.get(0);
    }

    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** Whether there is no parameter but these. */
    public boolean hasOnly(List<String> names) {
        return names.containsAll(values.keySet());
    }

    /** All but some, in one text that is the same for the same parameters. */
    String without(Set<String> names) {
        Map<String, List<String>> others = new TreeMap<>(values);
        others.keySet().removeAll(names);
        return others.toString();
    }

    /** Decodes {@code %xx} and {@code +}; empty when malformed. */
    static Optional<String> decode(String text) {
        if (text.indexOf('%') < 0) {
            return Optional.of(text.replace('+', ' '));
        }
        return percentDecode(text.replace('+', ' '));
    }

    /** Decodes {@code %xx} only, as paths need it; empty when malformed. */
    static Optional<String> percentDecode(String text) {
        if (text.indexOf('%') < 0) {
            return Optional.of(text);
        }
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        byte[] decoded = new byte[raw.length];
        int length = 0;
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] != '%') {
                decoded[length++] = raw[i];
                continue;
            }
            if (i + 2 >= raw.length) {
                return Optional.empty();
            }
            int high = Character.digit(raw[i + 1], 16);
            int low = Character.digit(raw[i + 2], 16);
            if (high < 0 || low < 0) {
                return Optional.empty();
            }
            decoded[length++] = (byte) (high * 16 + low);
            i += 2;
        }
        return Optional.of(new String(decoded, 0, length, StandardCharsets.UTF_8));
    }
}
