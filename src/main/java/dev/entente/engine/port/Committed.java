package dev.entente.engine.port;

import java.util.List;

/**
 * What a transaction did: its result, and the changes that are to be made visible.
 *
 * @param outboxId names the outbox row that keeps the changes until they stand in the log; 0 when nothing changed
 */
public record Committed<T>(T result, long outboxId, List<Change> changes) {
    public Committed {
        changes = List.copyOf(changes);
    }
}
