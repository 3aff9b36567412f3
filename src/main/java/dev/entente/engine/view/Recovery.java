package dev.entente.engine.view;

import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.ChangeLog;
import dev.entente.engine.port.ClusterStore;
import io.smallrye.mutiny.Uni;

/**
 * Begins the log of a partition when the hot store knows nothing of it: the first start, a new partition, or a store that came back
 * empty (architecture §2). A new epoch lifts all positions beyond every earlier one; the durable records are put back from PostgreSQL,
 * and what peers export is sent again by them.
 */
public final class Recovery {
    private final ChangeLog log;
    private final ClusterStore cluster;

    public Recovery(ChangeLog log, ClusterStore cluster) {
        this.log = log;
        this.cluster = cluster;
    }

    /** Does nothing for a log that is there; of several replicas that begin one at the same time, the first counts. */
    Uni<Void> ensureBegun(PartitionName partition) {
        return log.isEmpty(partition)
                .chain(empty -> empty ? begin(partition) : Uni.createFrom().voidItem());
    }

    private Uni<Void> begin(PartitionName partition) {
        return log.begin(partition, Uni.createFrom().deferred(() -> read(partition)))
                .replaceWithVoid();
    }

    /**
     * The order counts: the records tell what became of every change that was settled before. With the hot state went the memory of what
     * was removed, and a writer that was held up, or a row that still waits in the outbox, must not bring it back.
     */
    private Uni<ChangeLog.Beginning> read(PartitionName partition) {
        return cluster.settled()
                .chain(settled -> cluster.raiseEpoch()
                        .chain(epoch -> cluster.durableRecords(partition)
                                .map(records -> new ChangeLog.Beginning(epoch, settled, records))));
    }
}
