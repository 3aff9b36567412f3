package dev.entente.domain.config;

import java.util.List;
import java.util.Map;

/** How the headers of a request or an answer are changed on their way. */
public record HeaderModifiers(Map<String, String> add, Map<String, String> set, List<String> remove) {
    public HeaderModifiers {
        add = Map.copyOf(add);
        set = Map.copyOf(set);
        remove = List.copyOf(remove);
    }

    /** Whether they change nothing. */
    public boolean isEmpty() {
        return add.isEmpty() && set.isEmpty() && remove.isEmpty();
    }
}
