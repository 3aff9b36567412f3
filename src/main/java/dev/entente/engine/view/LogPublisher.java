package dev.entente.engine.view;

import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.ChangeLog;
import dev.entente.engine.port.Committed;
import dev.entente.engine.port.Outbox;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/** Publishes by the change log. What a crash leaves unpublished is published by the {@link OutboxSweeper}. */
public final class LogPublisher implements Publisher {
    private final ChangeLog log;
    private final Outbox outbox;
    private final View view;

    public LogPublisher(ChangeLog log, Outbox outbox, View view) {
        this.log = log;
        this.outbox = outbox;
        this.view = view;
    }

    @Override
    public <T> Uni<T> publish(PartitionName partition, Committed<T> committed) {
        if (committed.changes().isEmpty()) {
            return Uni.createFrom().item(committed.result());
        }
        return log.append(partition, committed.changes(), Optional.empty())
                .call(() -> outbox.published(committed.outboxId()))
                .chain(position -> view.applied(partition, position))
                .replaceWith(committed.result());
    }

    @Override
    public Uni<Void> publish(PartitionName partition, List<Change> changes) {
        if (changes.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return log.append(partition, changes, Optional.empty()).chain(position -> view.applied(partition, position));
    }
}
