package dev.entente.engine.port;

import dev.entente.domain.identity.PartitionName;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** What is one for the whole cluster. */
public interface ClusterStore {

    /** The cluster's UUID; the first replica to ask makes it. */
    Uni<String> clusterId();

    /** Gives a cluster that has no UUID yet this one; one that has keeps its own. */
    Uni<Void> foundAs(String clusterId);

    /** Raises the epoch of the positions and returns it; the first is 1. */
    Uni<Long> raiseEpoch();

    /** A version up to which every change is committed or undone: whoever reads from now on sees what became of them. */
    Uni<Long> settled();

    /** All durable records of a partition as changes, for rebuilding an empty hot state. */
    Uni<List<Change>> durableRecords(PartitionName partition);

    /** All partitions, {@code default} first. */
    Uni<List<PartitionRecord>> partitions();

    /** Creates a partition; keeps an existing one. */
    Uni<Committed<PartitionRecord>> createPartition(PartitionRecord partition);

    /** Deletes a partition without anything in it; the result tells whether there was one. Refuses a non-empty or the default one. */
    Uni<Committed<Boolean>> deletePartition(PartitionName partition);
}
