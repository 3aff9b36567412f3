package dev.entente.engine.agent;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.CatalogStore;
import dev.entente.engine.port.CatalogStore.Selection;
import dev.entente.engine.port.CatalogStore.Writes;
import dev.entente.engine.view.Publisher;
import dev.entente.engine.view.View;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Takes the nodes of replicas out of the catalog, with all that is registered on them. */
public final class DeadNodes {
    private final CatalogStore store;
    private final Publisher publisher;
    private final View view;

    public DeadNodes(CatalogStore store, Publisher publisher, View view) {
        this.store = store;
        this.publisher = publisher;
        this.view = view;
    }

    /** Removes the node from every partition; nothing where it is not. */
    public Uni<Void> remove(String node) {
        Uni<Void> removed = Uni.createFrom().voidItem();
        for (PartitionName partition : view.partitions()) {
            removed = removed.chain(() -> remove(partition, node));
        }
        return removed;
    }

    private Uni<Void> remove(PartitionName partition, String node) {
        Writes removal = new Writes(Optional.empty(), List.of(), List.of(), Set.of(), Set.of(), true);
        return store.decide(
                        partition,
                        new Selection(node, Set.of(), Set.of(), "", true),
                        rows -> Outcome.accepted(rows.node().isPresent() ? removal : Writes.NOTHING))
                .chain(committed -> publisher.publish(partition, committed));
    }
}
