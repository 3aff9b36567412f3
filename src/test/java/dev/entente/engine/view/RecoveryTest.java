package dev.entente.engine.view;

import static dev.entente.contract.Changes.node;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.ClusterStore;
import dev.entente.engine.port.Committed;
import dev.entente.engine.port.LogEntry;
import dev.entente.engine.port.PartitionRecord;
import dev.entente.fake.InMemoryChangeLog;
import dev.entente.fake.VirtualLoop;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecoveryTest {
    private final InMemoryChangeLog log = new InMemoryChangeLog((partition, lease) -> true, new VirtualLoop());
    private List<Change> records = List.of();
    private long settled;

    private void append(Change change) {
        log.append(PartitionName.DEFAULT, List.of(change), Optional.empty())
                .await()
                .indefinitely();
    }

    private void recover() {
        new Recovery(log, new Records())
                .ensureBegun(PartitionName.DEFAULT)
                .await()
                .indefinitely();
    }

    private List<Change> held() {
        return log.load(PartitionName.DEFAULT).await().indefinitely().entries().stream()
                .map(LogEntry::change)
                .toList();
    }

    /** By a writer that was held up, or from a row that still waited in the outbox. */
    @Test
    void aRecordThatWasRemovedDoesNotComeBackWhenItIsPublishedLateAfterALoss() {
        settled = 7;
        records = List.of(node("b", 7));
        recover();

        append(node("a", 5));
        assertThat(held()).containsExactly(node("b", 7));

        append(node("a", 8));
        assertThat(held()).containsExactlyInAnyOrder(node("a", 8), node("b", 7));
    }

    @Test
    void whatWasUnderWayWhenTheLogBeganIsPublished() {
        settled = 5;
        records = List.of(node("b", 7));
        recover();

        append(node("a", 6));
        assertThat(held()).containsExactlyInAnyOrder(node("a", 6), node("b", 7));
    }

    @Test
    void whatWasChangedAgainIsLeftAlone() {
        settled = 6;
        records = List.of(node("a", 6));
        recover();

        append(node("a", 5));
        assertThat(held()).containsExactly(node("a", 6));
    }

    private final class Records implements ClusterStore {
        @Override
        public Uni<String> clusterId() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<Void> foundAs(String clusterId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<Long> raiseEpoch() {
            return Uni.createFrom().item(1L);
        }

        @Override
        public Uni<Long> settled() {
            return Uni.createFrom().item(settled);
        }

        @Override
        public Uni<List<Change>> durableRecords(PartitionName partition) {
            return Uni.createFrom().item(records);
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
