package dev.entente.fake;

import dev.entente.contract.CatalogStoreContract;
import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.CatalogStore;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.ClusterStore;
import dev.entente.engine.port.Committed;
import dev.entente.engine.port.PartitionRecord;
import io.smallrye.mutiny.Uni;
import java.util.List;

class InMemoryCatalogStoreTest extends CatalogStoreContract {
    private final InMemoryCatalogStore store = new InMemoryCatalogStore();

    @Override
    protected CatalogStore store() {
        return store;
    }

    @Override
    protected ClusterStore cluster() {
        return new RecordsOnly();
    }

    private final class RecordsOnly implements ClusterStore {
        @Override
        public Uni<List<Change>> durableRecords(PartitionName partition) {
            return Uni.createFrom().item(store.durableRecords(partition));
        }

        @Override
        public Uni<String> clusterId() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<Void> foundAs(String clusterId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<Long> settled() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<Long> raiseEpoch() {
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
}
