package dev.entente.fake;

import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.ClusterStore;
import dev.entente.engine.port.Committed;
import dev.entente.engine.port.PartitionRecord;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** A cluster that has an id and nothing else. */
public record LoneCluster(String id) implements ClusterStore {
    @Override
    public Uni<String> clusterId() {
        return Uni.createFrom().item(id);
    }

    @Override
    public Uni<Void> foundAs(String clusterId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<Long> raiseEpoch() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<Long> settled() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<List<Change>> durableRecords(PartitionName partition) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<List<PartitionRecord>> partitions() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<Committed<PartitionRecord>> createPartition(PartitionRecord partition) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<Committed<Boolean>> deletePartition(PartitionName partition) {
        throw new UnsupportedOperationException();
    }
}
