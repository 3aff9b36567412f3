package dev.entente.engine.view;

import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.Committed;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Makes what was committed visible: appends it to the log and waits until this replica's own view shows it. */
public interface Publisher {

    /** Publishes the changes of a transaction, notes that in the outbox, and gives the transaction's result. */
    <T> Uni<T> publish(PartitionName partition, Committed<T> committed);

    /** Publishes changes that live only in the hot state: reports and imports. */
    Uni<Void> publish(PartitionName partition, List<Change> changes);
}
