package dev.entente.fake;

import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.Committed;
import dev.entente.engine.view.Publisher;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what would be published. */
public final class CountingPublisher implements Publisher {
    private final AtomicInteger published = new AtomicInteger();

    public int published() {
        return published.get();
    }

    @Override
    public <T> Uni<T> publish(PartitionName partition, Committed<T> committed) {
        if (committed.outboxId() != 0) {
            published.incrementAndGet();
        }
        return Uni.createFrom().item(committed.result());
    }

    @Override
    public Uni<Void> publish(PartitionName partition, List<Change> changes) {
        published.incrementAndGet();
        return Uni.createFrom().voidItem();
    }
}
