package dev.entente.engine.view;

import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Node;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The names of the nodes there are, by their lower case and by the ids of the nodes. */
final class NodeNames {
    private static final Pattern ID_BEGINNING = Pattern.compile("([0-9a-f]{2}){1,4}");
    private static final int ID_LENGTH = 36;

    private final NavigableMap<String, SortedSet<String>> spellings = new ConcurrentSkipListMap<>();

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

    /** The name of the node that is called so, or the only one whose id begins so with whole bytes. */
    Optional<String> of(String nameOrId) {
        String key = Topic.lower(nameOrId);
        SortedSet<String> names = spellings.get(key);
        if (names != null) {
            return names.stream().findFirst();
        }
        return ID_BEGINNING.matcher(key).matches() ? onlyOneBeginning(key) : Optional.empty();
    }

    private Optional<String> onlyOneBeginning(String beginning) {
        SortedMap<String, SortedSet<String>> candidates = spellings.subMap(beginning, beginning + Character.MAX_VALUE);
        List<String> names = candidates.entrySet().stream()
                .filter(entry -> entry.getKey().length() == ID_LENGTH)
                .flatMap(entry -> entry.getValue().stream())
                .distinct()
                .limit(2)
                .toList();
        return names.size() == 1 ? Optional.of(names.get(0)) : Optional.empty();
    }
}
