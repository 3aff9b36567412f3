package dev.entente.engine.view;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which nodes carry a service, and under which ids; by the name of the service, whatever its case. */
final class InstanceKeys {
    private final Map<String, TreeSet<Key>> byService = new HashMap<>();

    /** An instance by its node and its id there. */
    record Key(String node, String id) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::node).thenComparing(Key::id);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    void add(String service, String node, String id) {
        byService.computeIfAbsent(Topic.lower(service), name -> new TreeSet<>()).add(new Key(node, id));
    }

    void remove(String service, String node, String id) {
        byService.computeIfPresent(Topic.lower(service), (name, keys) -> {
            keys.remove(new Key(node, id));
            return keys.isEmpty() ? null : keys;
        });
    }

    Set<Key> of(String service) {
        TreeSet<Key> keys = byService.get(Topic.lower(service));
        return keys == null ? Set.of() : keys;
    }
}
