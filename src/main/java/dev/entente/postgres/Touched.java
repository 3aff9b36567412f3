package dev.entente.postgres;

import dev.entente.domain.catalog.Indexed;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Rows of one table by key, and which of them are no longer as they were loaded. Used by one pipeline. */
final class Touched<T> {
    private final Map<String, Indexed<T>> held = new LinkedHashMap<>();
    private final Map<String, T> loaded = new HashMap<>();
    private final Set<String> touched = new TreeSet<>();

    void load(String key, Indexed<T> row) {
        held.put(key, row);
        loaded.put(key, row.value());
    }

    Map<String, Indexed<T>> held() {
        return held;
    }

    Optional<Indexed<T>> get(String key) {
        return Optional.ofNullable(held.get(key));
    }

    boolean wasLoaded(String key) {
        return loaded.containsKey(key);
    }

    /** The row as it is now, when that is another than before. */
    Optional<Indexed<T>> put(String key, T value, long version) {
        @Nullable Indexed<T> old = held.get(key);
        if (old != null && Payloads.areEqual(old.value(), value)) {
            return Optional.empty();
        }
        Indexed<T> row = new Indexed<>(value, old == null ? version : old.createIndex(), version);
        held.put(key, row);
        touched.add(key);
        return Optional.of(row);
    }

    boolean remove(String key) {
        touched.add(key);
        return held.remove(key) != null;
    }

    /** Keys of what is written or removed. */
    Set<String> touched() {
        return Set.copyOf(touched);
    }

    /** What was there before of all that is written or removed, by key. */
    Map<String, T> replaced() {
        Map<String, T> before = new HashMap<>(loaded);
        before.keySet().retainAll(touched);
        return before;
    }

    /** Rows to insert or to update. */
    List<Indexed<T>> written() {
        return touched.stream()
                .filter(held::containsKey)
                .map(key -> held.get(key))
                .toList();
    }

    /** Keys of rows to delete. */
    List<String> removed() {
        return touched.stream()
                .filter(key -> !held.containsKey(key) && loaded.containsKey(key))
                .toList();
    }
}
