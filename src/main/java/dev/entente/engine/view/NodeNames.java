package dev.entente.engine.view;

import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Node;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/** The names of the nodes there are, by their lower case and by the ids of the nodes. */
final class NodeNames {
    private final Map<String, SortedSet<String>> spellings = new ConcurrentHashMap<>();

    void change(String name, @Nullable Indexed<Node> before, @Nullable Indexed<Node> after) {
        if (before != null) {
            remove(name, name);
            remove(before.value().id(), name);
        }
        if (after != null) {
            add(name, name);
            add(after.value().id(), name);
        }
    }

    private void add(String called, String name) {
        if (!called.isEmpty()) {
            spellings
                    .computeIfAbsent(Topic.lower(called), key -> new ConcurrentSkipListSet<>())
                    .add(name);
        }
    }

    private void remove(String called, String name) {
        spellings.computeIfPresent(Topic.lower(called), (key, names) -> {
            names.remove(name);
            return names.isEmpty() ? null : names;
        });
    }

    /** The name of the node that is called so. */
    Optional<String> of(String nameOrId) {
        SortedSet<String> names = spellings.get(Topic.lower(nameOrId));
        return names == null ? Optional.empty() : names.stream().findFirst();
    }
}
