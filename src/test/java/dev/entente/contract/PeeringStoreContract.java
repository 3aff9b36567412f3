package dev.entente.contract;

import static dev.entente.contract.Samples.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import dev.entente.domain.identity.Secret;
import dev.entente.domain.peering.Peering;
import dev.entente.domain.peering.PeeringSecrets;
import dev.entente.domain.peering.PeeringState;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.Committed;
import dev.entente.engine.port.PeeringStore;
import dev.entente.engine.port.PeeringStore.Decision;
import dev.entente.engine.port.RecordKind;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a store of peerings promises. */
public abstract class PeeringStoreContract {
    private static final PartitionName PARTITION = PartitionName.DEFAULT;

    private final PeerName name = new PeerName(Samples.name("Peer"));

    protected abstract PeeringStore store();

    @Test
    void whatWasWrittenIsReadBackByNameInAnySpellingAndById() {
        Peering peering = Samples.peering(name);
        PeeringSecrets secrets = new PeeringSecrets(
                Samples.secret().hash(),
                Samples.secret().hash(),
                Samples.secret().hash(),
                Samples.secret());

        Committed<Void> committed = write(peering, secrets);

        Change change = committed.changes().get(0);
        assertThat(committed.changes())
                .containsExactly(
                        Change.upsert(RecordKind.PEERING, name.key(), change.version(), change.version(), peering));
        PeeringStore.Held held = new PeeringStore.Held(peering, secrets, change.version(), change.version());
        PeerName shouted = new PeerName(name.value().toUpperCase(java.util.Locale.ROOT));
        assertThat(await(store().byName(PARTITION, shouted))).contains(held);
        assertThat(await(store().byId(peering.id()))).contains(held);
        assertThat(await(store().byName(new PartitionName("elsewhere"), name))).isEmpty();
    }

    @Test
    void anEqualRewriteMakesNoChange() {
        Peering peering = Samples.peering(name);
        PeeringSecrets secrets = establishment(Samples.secret());
        write(peering, secrets);
        Object before = await(store().byName(PARTITION, name));

        Committed<Void> again = write(peering, secrets);

        assertThat(again.changes()).isEmpty();
        assertThat(again.outboxId()).isZero();
        assertThat((Object) await(store().byName(PARTITION, name))).isEqualTo(before);
    }

    @Test
    void aDecisionOnSecretsAloneIsKeptAndMakesNoChangeVisible() {
        Peering peering = Samples.peering(name);
        write(peering, PeeringSecrets.NONE);
        PeeringSecrets secrets = new PeeringSecrets(null, Samples.secret().hash(), null, Samples.secret());

        Committed<Void> committed = write(peering, secrets);

        assertThat(committed.changes()).isEmpty();
        assertThat(await(store().byName(PARTITION, name)).orElseThrow().secrets())
                .isEqualTo(secrets);
    }

    @Test
    void aPromotedSecretMovesToAnotherSlotAndTheOldOneIsForgotten() {
        Peering peering = Samples.peering(name);
        Secret old = Samples.secret();
        Secret next = Samples.secret();
        write(peering, new PeeringSecrets(null, next.hash(), old.hash(), null));

        write(peering, new PeeringSecrets(null, null, next.hash(), null));

        assertThat(await(store().byName(PARTITION, name)).orElseThrow().secrets())
                .isEqualTo(new PeeringSecrets(null, null, next.hash(), null));
        write(Samples.peering(new PeerName(Samples.name("other"))), establishment(old));
    }

    @Test
    void aSecretInUseIsRefusedAndNothingIsWritten() {
        Secret secret = Samples.secret();
        write(Samples.peering(name), establishment(secret));
        PeerName other = new PeerName(Samples.name("other"));

        assertThatThrownBy(() -> write(Samples.peering(other), establishment(secret)))
                .isInstanceOf(RefusedException.class)
                .hasMessage("peering secret is already in use, retry the operation");
        assertThat(await(store().byName(PARTITION, other))).isEmpty();
    }

    @Test
    void aRefusalFailsTheCallAndWritesNothing() {
        Refusal refusal = Refusal.invalid("no");

        assertThatThrownBy(() -> await(store().decide(PARTITION, name, held -> Outcome.refused(refusal))))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(refusal));
        assertThat(await(store().byName(PARTITION, name))).isEmpty();
    }

    @Test
    void versionsGrowOverUpdateDeletionAndCreationAnew() {
        Peering peering = Samples.peering(name);
        Secret secret = Samples.secret();
        Change created = write(peering, establishment(secret)).changes().get(0);
        Change updated = write(Samples.withState(peering, PeeringState.ESTABLISHING), establishment(secret))
                .changes()
                .get(0);
        Change removed = remove().changes().get(0);
        Change anew =
                write(Samples.peering(name), establishment(secret)).changes().get(0);

        assertThat(updated.createVersion()).isEqualTo(created.version());
        assertThat(removed).isEqualTo(Change.removal(RecordKind.PEERING, name.key(), removed.version()));
        assertThat(anew.createVersion()).isEqualTo(anew.version());
        assertThat(List.of(created.version(), updated.version(), removed.version(), anew.version()))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void removingWhatIsNotThereMakesNoChange() {
        assertThat(remove().changes()).isEmpty();
    }

    @Test
    void ofTwoHundredConcurrentUsesOfASecretExactlyOneSucceeds() {
        Peering peering = Samples.peering(name);
        Secret secret = Samples.secret();
        write(peering, establishment(secret));

        List<Uni<Integer>> uses =
                IntStream.range(0, 200).mapToObj(i -> use(secret)).toList();
        int succeeded = await(Uni.join().all(uses).andFailFast()).stream()
                .mapToInt(Integer::intValue)
                .sum();

        assertThat(succeeded).isEqualTo(1);
    }

    private Uni<Integer> use(Secret secret) {
        return store().<Integer>decide(
                        PARTITION,
                        name,
                        held -> held.filter(found -> {
                                    var hash = found.secrets().establishment();
                                    return hash != null && hash.matches(secret);
                                })
                                .map(found -> Outcome.accepted(new Decision<>(
                                        found.peering(),
                                        new PeeringSecrets(
                                                null, Samples.secret().hash(), null, null),
                                        1)))
                                .orElseGet(() -> Outcome.refused(Refusal.invalid("used"))))
                .map(Committed::result)
                .onFailure(RefusedException.class)
                .recoverWithItem(0);
    }

    private static PeeringSecrets establishment(Secret secret) {
        return new PeeringSecrets(secret.hash(), null, null, null);
    }

    private Committed<Void> write(Peering peering, PeeringSecrets secrets) {
        return await(store().decide(
                        PARTITION, peering.name(), held -> Outcome.accepted(new Decision<>(peering, secrets, null))));
    }

    private Committed<Void> remove() {
        return await(store().decide(
                        PARTITION, name, held -> Outcome.accepted(new Decision<>(null, PeeringSecrets.NONE, null))));
    }
}
