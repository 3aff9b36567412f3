package dev.entente.contract;

import static dev.entente.contract.Samples.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.config.ExportedServicesEntry;
import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.RefusedException;
import dev.entente.domain.peering.Peering;
import dev.entente.domain.peering.PeeringSecrets;
import dev.entente.engine.port.CatalogStore;
import dev.entente.engine.port.CatalogStore.Selection;
import dev.entente.engine.port.CatalogStore.Writes;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.ClusterStore;
import dev.entente.engine.port.ConfigEntryStore;
import dev.entente.engine.port.PartitionRecord;
import dev.entente.engine.port.PeeringStore;
import dev.entente.engine.port.RecordKind;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the store of the whole cluster promises. */
public abstract class ClusterStoreContract {
    private final PartitionName partition = new PartitionName(Samples.name("team"));

    protected abstract ClusterStore store();

    protected abstract CatalogStore catalog();

    protected abstract PeeringStore peerings();

    protected abstract ConfigEntryStore entries();

    @Test
    void theClusterIdIsAUuidAndTheSameForAllWhoAsk() {
        List<String> ids = await(Uni.join()
                .all(Stream.generate(() -> store().clusterId()).limit(20).toList())
                .andFailFast());

        assertThat(ids).doesNotContainNull().allMatch(ids.get(0)::equals);
        assertThat(ids.get(0)).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    }

    @Test
    void aClusterThatHasAnIdKeepsItWhateverAConfigurationSays() {
        String id = await(store().clusterId());

        await(store().foundAs("11111111-2222-3333-4444-555555555555"));

        assertThat(await(store().clusterId())).isEqualTo(id);
    }

    @Test
    void eachRaisedEpochIsAnother() {
        List<Long> epochs = await(Uni.join()
                .all(Stream.generate(() -> store().raiseEpoch()).limit(20).toList())
                .andFailFast());

        assertThat(epochs).doesNotHaveDuplicates().allMatch(epoch -> epoch >= 1);
        long highest = epochs.stream().max(Long::compare).orElseThrow();
        assertThat(await(store().raiseEpoch())).isEqualTo(highest + 1);
    }

    @Test
    void thePartitionsAreListedWithTheDefaultOneFirst() {
        await(store().createPartition(new PartitionRecord(new PartitionName(Samples.name("a")), "")));

        List<PartitionRecord> partitions = await(store().partitions());

        assertThat(partitions.get(0).name()).isEqualTo(PartitionName.DEFAULT);
        assertThat(partitions).hasSizeGreaterThan(1);
    }

    @Test
    void aPartitionIsCreatedOnceAndDeletedOnce() {
        PartitionRecord record = new PartitionRecord(partition, "ours");

        Change created = await(store().createPartition(record)).changes().get(0);
        var again = await(store().createPartition(new PartitionRecord(partition, "another description")));
        var deleted = await(store().deletePartition(partition));
        var deletedAgain = await(store().deletePartition(partition));

        assertThat(created)
                .isEqualTo(Change.upsert(
                        RecordKind.PARTITION, partition.value(), created.version(), created.version(), record));
        assertThat(again.result()).isEqualTo(record);
        assertThat(again.changes()).isEmpty();
        assertThat(deleted.result()).isTrue();
        assertThat(deleted.changes().get(0).isRemoval()).isTrue();
        assertThat(deleted.changes().get(0).version()).isGreaterThan(created.version());
        assertThat(deletedAgain.result()).isFalse();
        assertThat(deletedAgain.changes()).isEmpty();
    }

    @Test
    void aPartitionWithSomethingInItAndTheDefaultOneAreNotDeleted() {
        await(store().createPartition(new PartitionRecord(partition, "")));
        write(Samples.node("n1"), List.of(), List.of());

        assertThatThrownBy(() -> await(store().deletePartition(partition))).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> await(store().deletePartition(PartitionName.DEFAULT)))
                .isInstanceOf(RefusedException.class);
        assertThat(await(store().partitions()))
                .extracting(PartitionRecord::name)
                .contains(partition, PartitionName.DEFAULT);
    }

    @Test
    void nothingIsWrittenIntoAPartitionThatDoesNotExist() {
        assertThatThrownBy(() -> write(Samples.node("n1"), List.of(), List.of()))
                .isInstanceOf(RefusedException.class);
        assertThat(await(store().durableRecords(partition))).isEmpty();
    }

    @Test
    void theDurableRecordsAreAllThatWasWrittenWithTheSameVersions() {
        await(store().createPartition(new PartitionRecord(partition, "")));
        Service service = Samples.richService("web");
        List<Change> written = new ArrayList<>(
                write(Samples.node("n1"), List.of(service), List.of(Samples.richCheck("n1", "c1", service))));
        ExportedServicesEntry entry = new ExportedServicesEntry("default", List.of(), Map.of("k", "v"));
        written.addAll(await(entries()
                        .<Void>decide(
                                partition,
                                entry.kind(),
                                entry.name(),
                                held -> Outcome.accepted(
                                        new ConfigEntryStore.Decision<>(false, Optional.of(entry), null))))
                .changes());
        Peering peering = inPartition(Samples.peering(new PeerName("Peer")));
        written.addAll(await(peerings()
                        .<Void>decide(
                                partition,
                                peering.name(),
                                held -> Outcome.accepted(
                                        new PeeringStore.Decision<>(peering, PeeringSecrets.NONE, null))))
                .changes());

        assertThat(await(store().durableRecords(partition))).containsExactlyInAnyOrderElementsOf(written);
        assertThat(await(store().durableRecords(PartitionName.DEFAULT)))
                .filteredOn(change -> change.kind() == RecordKind.PARTITION)
                .extracting(Change::key)
                .contains("default", partition.value());
    }

    private List<Change> write(Node node, List<Service> services, List<Check> checks) {
        Writes writes = new Writes(Optional.of(node), services, checks, Set.of(), Set.of(), false);
        Selection selection = new Selection(node.name(), Set.of(), Set.of(), "", false);
        return await(catalog().decide(partition, selection, rows -> Outcome.accepted(writes)))
                .changes();
    }

    private Peering inPartition(Peering peering) {
        return new Peering(
                peering.id(),
                partition,
                peering.name(),
                peering.state(),
                peering.deletedAt(),
                peering.meta(),
                peering.peerId(),
                peering.caPems(),
                peering.serverName(),
                peering.serverAddresses(),
                peering.remote());
    }
}
