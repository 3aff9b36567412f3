package dev.entente.engine.agent;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How long the nodes of replicas have been dead, as this replica saw it: every replica keeps count, so that whichever judges knows.
 * One that starts anew begins to count then; a node is never taken away too early. Confined to one loop.
 */
public final class LongDead {
    /** After which time Consul forgets a member that failed ({@code reconnect_timeout}). */
    public static final Duration USUAL = Duration.ofDays(3);

    private final Duration after;
    private final LongSupplier nanoTime;
    private final Map<String, Long> since = new HashMap<>();

    public LongDead(Duration after, LongSupplier nanoTime) {
        this.after = after;
        this.nanoTime = nanoTime;
    }

    /** Notes which nodes are dead now. */
    void note(Collection<String> dead) {
        since.keySet().retainAll(dead);
        dead.forEach(node -> since.putIfAbsent(node, nanoTime.getAsLong()));
    }

    /** The nodes whose time is over. */
    List<String> overdue() {
        long now = nanoTime.getAsLong();
        return since.entrySet().stream()
                .filter(entry -> now - entry.getValue() > after.toNanos())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
