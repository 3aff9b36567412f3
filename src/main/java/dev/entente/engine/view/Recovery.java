package dev.entente.engine.view;

import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.ChangeLog;
import dev.entente.engine.port.ClusterStore;
import dev.entente.engine.port.Outbox;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Begins the log of a partition when the hot store knows nothing of it: the first start, a new partition, or a store that came back
 * empty (architecture §2). A new epoch lifts all positions beyond every earlier one; the durable records are put back from PostgreSQL,
 * and what peers export is sent again by them.
 */
public final class Recovery {
    /** More than what can wait while a store that is back is begun anew. */
    private static final int MOST_WAITING = 10_000;

    private final ChangeLog log;
    private final ClusterStore cluster;
    private final Outbox outbox;

    public Recovery(ChangeLog log, ClusterStore cluster, Outbox outbox) {
        this.log = log;
        this.cluster = cluster;
        this.outbox = outbox;
    }

    /** Does nothing for a log that is there; of several replicas that begin one at the same time, the first counts. */
    Uni<Void> ensureBegun(PartitionName partition) {
        return log.isEmpty(partition)
                .chain(empty -> empty ? begin(partition) : Uni.createFrom().voidItem());
    }

    /** What waits in the outbox is looked at first: then all of it is older than the records. */
    private Uni<Void> begin(PartitionName partition) {
        return outbox.overdue(Duration.ZERO, MOST_WAITING)
                .chain(waiting -> cluster.raiseEpoch().chain(epoch -> begin(partition, epoch, waiting)));
    }

    private Uni<Void> begin(PartitionName partition, long epoch, List<Outbox.Pending> waiting) {
        return cluster.durableRecords(partition)
                .chain(records -> log.begin(partition, epoch, records).replaceWith(voided(partition, waiting, records)))
                .chain(removals -> removals.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : log.append(partition, removals, Optional.empty()).replaceWithVoid());
    }

    /**
     * With the hot state went the memory of what was removed. A record that still waits to be published and is not among the records
     * was removed since; without this it would come back when it is published.
     */
    private static List<Change> voided(PartitionName partition, List<Outbox.Pending> waiting, List<Change> records) {
        Set<String> held = records.stream().map(Recovery::id).collect(Collectors.toSet());
        return waiting.stream()
                .filter(row -> row.partition().equals(partition))
                .flatMap(row -> row.changes().stream())
                .filter(change -> change.kind().isDurable() && !change.isRemoval() && !held.contains(id(change)))
                .map(change -> Change.removal(change.kind(), change.key(), change.version() + 1))
                .toList();
    }

    private static String id(Change change) {
        return change.kind() + "/" + change.key();
    }
}
