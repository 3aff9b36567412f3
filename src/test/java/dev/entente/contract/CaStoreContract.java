package dev.entente.contract;

import static dev.entente.contract.Samples.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.trust.CaConfiguration;
import dev.entente.domain.trust.CaRoot;
import dev.entente.engine.port.CaRoots;
import dev.entente.engine.port.CaStore;
import dev.entente.engine.port.CaStore.Held;
import dev.entente.engine.port.CaStore.KeyedRoot;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.ClusterStore;
import dev.entente.engine.port.Committed;
import dev.entente.engine.port.RecordKind;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a store of the authority promises. One test after the other on the same rows, because a cluster is initialised once. */
public abstract class CaStoreContract {
    private static final Instant ROTATED = Instant.parse("2026-11-25T20:00:00Z");
    private static final CaConfiguration OTHER = new CaConfiguration(
            "consul", Map.of("LeafCertTTL", "24h", "PrivateKeyBits", 384, "CSRMaxPerSecond", 2.5), Map.of(), true);

    protected abstract CaStore store();

    protected abstract ClusterStore cluster();

    @Test
    void oneRootIsKeptHoweverManyBringOne() {
        assertThat(await(store().held())).isEmpty();

        List<Committed<Held>> initialised = initialisedByMany();

        Held held = await(store().held()).orElseThrow();
        assertThat(held.roots()).hasSize(1);
        assertThat(held.configuration().value()).isEqualTo(CaConfiguration.DEFAULT);
        assertThat(held.configuration().createIndex()).isPositive();
        assertThat(held.active().root().createIndex()).isPositive();
        assertThat(initialised).allMatch(committed -> committed.result().equals(held));
        List<Change> changes = changes(initialised);
        assertThat(changes).hasSize(1);
        assertThat(changes.get(0).kind()).isEqualTo(RecordKind.CA_ROOTS);
        assertThat(changes.get(0).key()).isEqualTo("roots");
        CaRoots roots = (CaRoots) changes.get(0).value();
        assertThat(roots.activeRootId()).isEqualTo(held.active().root().id());
        assertThat(roots.trustDomain().value()).isEqualTo(await(cluster().clusterId()) + ".consul");
    }

    @Test
    void aRotationKeepsTheOldRootInactiveAndAPrunedOneGoes() {
        initialisedByMany();
        Held before = await(store().held()).orElseThrow();
        KeyedRoot old = before.active().rotatedOut(ROTATED);
        KeyedRoot next = Samples.root("next");

        Committed<Optional<Held>> rotated = await(store().replace(before, List.of(old, next), OTHER));

        Change rotation = rotated.changes().get(0);
        CaRoots after = (CaRoots) rotation.value();
        assertThat(rotation.version()).isGreaterThan(before.version());
        assertThat(rotation.createVersion()).isEqualTo(old.root().createIndex());
        assertThat(after.activeRootId()).isEqualTo("next");
        assertThat(after.roots())
                .filteredOn(CaRoot::active)
                .extracting(CaRoot::id)
                .containsExactly("next");
        Held held = await(store().held()).orElseThrow();
        assertThat(held).isEqualTo(rotated.result().orElseThrow());
        assertThat(held.roots()).hasSize(2).contains(old);
        assertThat(held.active().privateKeyPem()).isEqualTo(next.privateKeyPem());
        assertThat(held.configuration().value()).isEqualTo(OTHER);
        assertThat(held.configuration().createIndex())
                .isEqualTo(before.configuration().createIndex());
        assertThat(held.configuration().modifyIndex())
                .isGreaterThan(before.configuration().modifyIndex());
        assertThat(await(cluster().durableRecords(PartitionName.DEFAULT))).contains(rotation);

        Committed<Optional<Held>> pruned = await(store().replace(held, List.of(held.active()), OTHER));

        assertThat(((CaRoots) pruned.changes().get(0).value()).roots())
                .containsExactly(held.active().root());
        assertThat(pruned.changes().get(0).version()).isGreaterThan(rotation.version());
        assertThat(await(store().held()).orElseThrow().configuration()).isEqualTo(held.configuration());
    }

    @Test
    void anotherConfigurationAloneChangesNoRoot() {
        initialisedByMany();
        Held before = await(store().held()).orElseThrow();

        Committed<Optional<Held>> changed = await(store().replace(before, before.roots(), OTHER));

        assertThat(changed.changes()).isEmpty();
        Held held = await(store().held()).orElseThrow();
        assertThat(held.roots()).isEqualTo(before.roots());
        assertThat(held.configuration().value()).isEqualTo(OTHER);
        assertThat(held.version()).isGreaterThan(before.version());
    }

    @Test
    void ofThoseWhoSawTheSameOnlyOneReplacesIt() {
        initialisedByMany();
        Held seen = await(store().held()).orElseThrow();

        List<Committed<Optional<Held>>> writes = await(Uni.join()
                .all(IntStream.range(0, 10)
                        .mapToObj(i -> store().replace(seen, List.of(Samples.root("racing-" + i)), OTHER))
                        .toList())
                .andFailFast());

        assertThat(writes).filteredOn(write -> write.result().isPresent()).hasSize(1);
        assertThat(changes(writes)).hasSize(1);
    }

    @Test
    void indexesOfLeavesGrow() {
        long first = await(store().nextIndex());

        assertThat(await(store().nextIndex())).isGreaterThan(first);
    }

    private List<Committed<Held>> initialisedByMany() {
        return await(Uni.join()
                .all(IntStream.range(0, 20)
                        .mapToObj(i -> store().initialise(CaConfiguration.DEFAULT, Samples.root("root-" + i)))
                        .toList())
                .andFailFast());
    }

    private static <T> List<Change> changes(List<Committed<T>> commits) {
        return commits.stream()
                .flatMap(committed -> committed.changes().stream())
                .toList();
    }
}
