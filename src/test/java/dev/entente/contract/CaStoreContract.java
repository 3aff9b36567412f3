package dev.entente.contract;

import static dev.entente.contract.Samples.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.trust.CaRoot;
import dev.entente.engine.port.CaRoots;
import dev.entente.engine.port.CaStore;
import dev.entente.engine.port.CaStore.KeyedRoot;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.ClusterStore;
import dev.entente.engine.port.Committed;
import dev.entente.engine.port.RecordKind;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a store of roots promises. One test, because a cluster is initialised once. */
public abstract class CaStoreContract {

    protected abstract CaStore store();

    protected abstract ClusterStore cluster();

    @Test
    void oneRootIsMadeHoweverManyAskAndARotationKeepsTheOldOneInactive() {
        assertThat(await(store().roots())).isEmpty();
        AtomicInteger made = new AtomicInteger();

        List<Committed<List<KeyedRoot>>> initialised = await(Uni.join()
                .all(Stream.generate(() -> store().initialise(() -> Samples.root("root-" + made.incrementAndGet())))
                        .limit(20)
                        .toList())
                .andFailFast());

        KeyedRoot first = await(store().roots()).get(0);
        assertThat(initialised).allMatch(committed -> committed.result().equals(List.of(first)));
        List<Change> changes = initialised.stream()
                .flatMap(committed -> committed.changes().stream())
                .toList();
        assertThat(changes).hasSize(1);
        assertThat(changes.get(0).kind()).isEqualTo(RecordKind.CA_ROOTS);
        assertThat(changes.get(0).key()).isEqualTo("roots");
        CaRoots roots = (CaRoots) changes.get(0).value();
        assertThat(roots.activeRootId()).isEqualTo(first.root().id());
        assertThat(roots.trustDomain().value()).isEqualTo(await(cluster().clusterId()) + ".consul");

        KeyedRoot next = Samples.root("next");
        Committed<?> rotated = await(store().rotate(next));

        Change rotation = rotated.changes().get(0);
        CaRoots after = (CaRoots) rotation.value();
        assertThat(rotation.version()).isGreaterThan(changes.get(0).version());
        assertThat(rotation.createVersion()).isEqualTo(changes.get(0).version());
        assertThat(after.activeRootId()).isEqualTo("next");
        assertThat(after.roots())
                .filteredOn(CaRoot::active)
                .extracting(CaRoot::id)
                .containsExactly("next");
        assertThat(await(store().roots()))
                .hasSize(2)
                .contains(next)
                .extracting(KeyedRoot::privateKeyPem)
                .contains(first.privateKeyPem());
        assertThat(await(cluster().durableRecords(dev.entente.domain.identity.PartitionName.DEFAULT)))
                .contains(rotation);
    }
}
