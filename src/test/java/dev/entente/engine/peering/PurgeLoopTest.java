package dev.entente.engine.peering;

import static dev.entente.contract.Samples.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.Secret;
import dev.entente.domain.identity.TrustDomain;
import dev.entente.domain.peering.PeeringState;
import dev.entente.domain.peering.Remote;
import dev.entente.domain.peering.StreamStatus;
import dev.entente.domain.token.PeeringToken;
import dev.entente.domain.trust.TrustBundle;
import dev.entente.engine.access.Caller;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.Lease;
import dev.entente.engine.port.PeerScope;
import dev.entente.engine.port.RecordKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PurgeLoopTest {
    private static final PartitionName PARTITION = PartitionName.DEFAULT;
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final PeeringWorld world = new PeeringWorld("ours");

    @BeforeEach
    void peer() {
        world.server("one", Map.of(), Map.of("grpc_tls_port", "8503"));
        world.token("far");
        await(world.view.publish(
                PARTITION,
                List.of(Change.imported(
                        RecordKind.IMPORTED_BUNDLE,
                        new PeerScope(new PeerName("far"), world.id("far")),
                        "roots",
                        new TrustBundle(new TrustDomain("theirs.consul"), List.of("pem"), "")))));
        await(world.statuses.put(PARTITION, world.id("far"), StreamStatus.NONE, Duration.ofSeconds(1)));
    }

    @Test
    void aDeletedPeeringLeavesNothing() {
        world.purge("one").start();
        delete();
        world.loop.advance(MOMENT);

        assertThat(world.stored("far")).isEmpty();
        assertThat(world.view.defaultPartition().peerings().value()).isEmpty();
        assertThat(importsHeld()).isZero();
        assertThat(await(world.statuses.all(PARTITION))).isEmpty();
    }

    @Test
    void ofATerminatedPeeringOnlyTheImportsGoAndOnlyOnce() {
        world.purge("one").start();
        PeeringToken token = world.token("far");
        Secret secret = await(world.exchange().exchange(token.peerId(), token.establishmentSecret()));
        await(world.admission().admit(token.peerId(), secret, Remote.UNKNOWN));
        await(new PeeringNotices(world.writes()).terminated(world.held("far").peering(), secret));
        world.loop.advance(Duration.ofSeconds(30));

        assertThat(importsHeld()).isZero();
        assertThat(world.held("far").peering().state()).isEqualTo(PeeringState.TERMINATED);
        assertThat(await(world.statuses.all(PARTITION))).hasSize(1);
        assertThat(world.view.published().stream().filter(change -> change.kind() == RecordKind.IMPORTS_DROPPED))
                .hasSize(1);
    }

    @Test
    void thePurgeWaitsForTheStreamToTakeItsLeave() {
        Lease stream = lease(PeeringLeases.stream(world.id("far")), "two");
        world.purge("one").start();
        delete();
        world.loop.advance(Duration.ofSeconds(1));
        assertThat(importsHeld()).isOne();

        await(world.leases.release(PARTITION, stream));
        world.loop.advance(Duration.ofMillis(100));

        assertThat(world.stored("far")).isEmpty();
    }

    @Test
    void aStreamThatTakesNoLeaveHoldsThePurgeUpForThreeSecondsOnly() {
        lease(PeeringLeases.dial(world.id("far")), "dead");
        world.purge("one").start();
        delete();
        world.loop.advance(Duration.ofMillis(2_900));
        assertThat(world.stored("far")).isPresent();

        world.loop.advance(Duration.ofMillis(200));

        assertThat(world.stored("far")).isEmpty();
    }

    @Test
    void aPurgeThatDiedIsContinuedByAnotherReplicaWhenItsLeaseLapses() {
        delete();
        lease(PeeringLeases.purge(world.id("far")), "dead");
        world.purge("two").start();
        world.loop.advance(Duration.ofSeconds(10));
        assertThat(world.stored("far")).isPresent();

        world.loop.advance(Duration.ofSeconds(60));

        assertThat(world.stored("far")).isEmpty();
        assertThat(importsHeld()).isZero();
    }

    @Test
    void twoReplicasPurgeSideBySideWithoutHarm() {
        world.purge("one").start();
        world.purge("two").start();
        delete();
        world.loop.advance(Duration.ofSeconds(5));

        assertThat(world.stored("far")).isEmpty();
        assertThat(world.token("far").peerId()).isNotEmpty();
        world.loop.advance(Duration.ofSeconds(10));
        assertThat(world.held("far").peering().state()).isEqualTo(PeeringState.PENDING);
    }

    @Test
    void aPartitionThatIsAddedLaterIsSweptToo() {
        world.purge("one").start();
        world.loop.advance(MOMENT);
        PartitionName east = new PartitionName("east");
        world.view.add(east);
        await(world.peerings()
                .generateToken(Caller.ANONYMOUS, new Peerings.GenerateToken("east", "x", Map.of(), List.of())));
        await(world.peerings().delete(Caller.ANONYMOUS, east, "x"));

        world.loop.advance(Duration.ofSeconds(4));

        assertThat(await(world.store.byName(east, new PeerName("x")))).isEmpty();
    }

    @Test
    void aStoppedLoopDoesNothing() {
        PurgeLoop loop = world.purge("one");
        loop.start();
        world.loop.advance(MOMENT);
        loop.stop();
        world.loop.advance(MOMENT);

        delete();
        world.loop.advance(Duration.ofSeconds(30));

        assertThat(world.stored("far")).isPresent();
    }

    private void delete() {
        await(world.peerings().delete(Caller.ANONYMOUS, PARTITION, "far"));
    }

    private Lease lease(String name, String owner) {
        return await(world.leases.acquire(PARTITION, name, owner, Duration.ofSeconds(15)))
                .orElseThrow();
    }

    private int importsHeld() {
        return world.view.defaultPartition().importedCounts().getOrDefault("far", 0);
    }
}
