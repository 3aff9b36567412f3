package dev.entente.engine.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import dev.entente.domain.identity.Secret;
import dev.entente.domain.peering.PeeringSecrets;
import dev.entente.domain.peering.PeeringState;
import dev.entente.domain.peering.Remote;
import dev.entente.domain.stream.StreamMessage;
import dev.entente.domain.stream.StreamMessage.Request;
import dev.entente.domain.stream.StreamMessage.Response;
import dev.entente.engine.port.DialTarget;
import dev.entente.fake.VirtualLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two clusters in memory and in virtual time: the acceptor dc1 has two replicas, the dialer dc2 too. */
class TwoClustersTest {
    private static final String FIRST = "10.0.0.1:8503";
    private static final String SECOND = "10.0.0.2:8503";

    private final VirtualLoop time = new VirtualLoop();
    private final TestNetwork network = new TestNetwork(time);
    private final TestCluster dc1 = new TestCluster("dc1", time);
    private final TestCluster dc2 = new TestCluster("dc2", time);
    private final TestReplica a1 = dc1.replica("a1", network);
    private final TestReplica a2 = dc1.replica("a2", network);
    private final TestReplica d1 = dc2.replica("d1", network);
    private final List<String> failures = new ArrayList<>();

    @BeforeEach
    void peer() {
        network.listen(FIRST, a1.sessions);
        dc1.servers(FIRST);
        dc1.register("web", "web-1", "passing");
        dc1.register("web", "web-2", "passing");
        dc1.register("api", "api-1", "passing");
        dc1.register("hidden", "hidden-1", "passing");
        dc1.export("to-dc2", "web", "api");
        dc2.register("db", "db-1", "passing");
        dc2.export("to-dc1", "db");
        dc1.acceptFrom(dc2, FIRST);
        d1.supervisor.start();
        pass(100);
    }

    private void pass(long milliseconds) {
        time.advance(Duration.ofMillis(milliseconds));
    }

    private void passSeconds(long seconds) {
        time.advance(Duration.ofSeconds(seconds));
    }

    @Test
    void eachSideImportsWhatTheOtherExportsAndNothingElse() {
        assertThat(d1.statuses("to-dc1", "web")).containsExactly("passing", "passing");
        assertThat(d1.statuses("to-dc1", "api")).containsExactly("passing");
        assertThat(d1.imported("to-dc1", "hidden")).isEmpty();
        assertThat(a1.statuses("to-dc2", "db")).containsExactly("passing");
        assertThat(d1.view
                        .defaultPartition()
                        .trustBundle(new PeerName("to-dc1"))
                        .value()
                        .orElseThrow()
                        .value()
                        .rootPems())
                .containsExactly("pem of dc1");
        assertThat(d1.heard).containsExactly("began DIALER");
    }

    @Test
    void bothSidesShowAnActiveStreamWithItsLists() {
        pass(300);
        assertThat(dc1.status("to-dc2").shown(PeeringState.PENDING)).isEqualTo(PeeringState.ACTIVE);
        assertThat(dc2.status("to-dc1").shown(PeeringState.ESTABLISHING)).isEqualTo(PeeringState.ACTIVE);
        assertThat(dc1.status("to-dc2").exported()).containsExactly("api", "web");
        assertThat(dc2.status("to-dc1").imported()).containsExactly("api", "web");
        assertThat(dc1.peering("to-dc2").remote().datacenter()).isEqualTo("dc2");
    }

    @Test
    void aFlippedCheckIsOneMessageAndShowsOnBothReplicas() {
        int before = network.lastAccepted().sent().size();
        dc1.flip("web", "web-2", "critical");
        pass(0);
        assertThat(d1.statuses("to-dc1", "web")).containsExactly("passing", "critical");
        List<StreamMessage> sent = network.lastAccepted().sent();
        assertThat(sent.subList(before, sent.size()))
                .filteredOn(Response.class::isInstance)
                .singleElement()
                .satisfies(
                        message -> assertThat(((Response) message).resourceId()).isEqualTo("web"));
    }

    @Test
    void everyResponseIsAnsweredOnceAndInOrder() {
        List<String> nonces = network.lastAccepted().sent().stream()
                .filter(Response.class::isInstance)
                .map(message -> ((Response) message).nonce())
                .toList();
        List<String> answers = network.lastDialed().sent().stream()
                .filter(Request.class::isInstance)
                .map(message -> ((Request) message).responseNonce())
                .filter(nonce -> !nonce.isEmpty())
                .toList();
        assertThat(nonces).isNotEmpty().isSorted().first().isEqualTo("00000001");
        assertThat(answers).isEqualTo(nonces);
    }

    @Test
    void anUnexportedServiceIsForgottenByTheOtherSide() {
        dc1.export("to-dc2", "api");
        pass(0);
        assertThat(d1.imported("to-dc1", "web")).isEmpty();
        assertThat(d1.statuses("to-dc1", "api")).containsExactly("passing");
        dc1.export("to-dc2", "api", "web");
        pass(0);
        assertThat(d1.statuses("to-dc1", "web")).hasSize(2);
    }

    @Test
    void aWildcardFollowsTheServicesThatComeAndGo() {
        dc1.export("to-dc2", "*");
        pass(1);
        assertThat(d1.statuses("to-dc1", "hidden")).containsExactly("passing");
        assertThat(d1.imported("to-dc1", "consul")).isEmpty();
        dc1.register("late", "late-1", "passing");
        pass(1);
        assertThat(d1.statuses("to-dc1", "late")).containsExactly("passing");
    }

    @Test
    void whatWasUnexportedWhileApartIsPrunedAtTheReconnect() {
        network.lastDialed().cut();
        dc1.export("to-dc2", "api");
        pass(1);
        assertThat(d1.statuses("to-dc1", "web")).hasSize(2);
        passSeconds(3);
        assertThat(d1.imported("to-dc1", "web")).isEmpty();
        assertThat(d1.statuses("to-dc1", "api")).hasSize(1);
    }

    @Test
    void aSlowPeerGetsTheNewestStateAndNoBacklog() {
        network.lastAccepted().stall(true);
        int before = network.lastAccepted().sent().size();
        for (int i = 0; i < 1000; i++) {
            dc1.flip("web", "web-2", i % 2 == 0 ? "critical" : "warning");
            pass(1);
        }
        dc1.flip("web", "web-2", "critical");
        pass(1);
        int whileStalled = network.lastAccepted().sent().size() - before;
        network.lastAccepted().stall(false);
        pass(1);
        assertThat(whileStalled).isLessThan(100);
        assertThat(d1.statuses("to-dc1", "web")).containsExactly("passing", "critical");
    }

    @Test
    void whatIsTooLargeForThePeerStaysHereIsToldOnceAndTheRestGoesOn() {
        network.lastAccepted().takeAtMost(2);
        dc1.register("web", "web-3", "passing");
        pass(1);
        dc1.flip("web", "web-3", "critical");
        dc1.flip("api", "api-1", "warning");
        pass(1);
        assertThat(d1.statuses("to-dc1", "web")).containsExactly("passing", "passing");
        assertThat(d1.statuses("to-dc1", "api")).containsExactly("warning");
        assertThat(a1.heard).containsExactly("began ACCEPTOR", "too large web");
        assertThat(dc1.status("to-dc2").withheld()).containsExactly("web");
        network.lastAccepted().takeAtMost(3);
        dc1.flip("web", "web-3", "warning");
        pass(1);
        assertThat(d1.statuses("to-dc1", "web")).containsExactly("passing", "passing", "warning");
        assertThat(dc1.status("to-dc2").withheld()).isNull();
        assertThat(network.dialed).hasSize(1);
    }

    @Test
    void whatIsTooLargeIsToldOfUntilItIsNotExportedAnyMore() {
        network.lastAccepted().takeAtMost(1);
        dc1.register("big", "big-1", "passing");
        dc1.register("big", "big-2", "passing");
        dc1.export("to-dc2", "web", "api", "big");
        pass(1);
        assertThat(dc1.status("to-dc2").withheld()).containsExactly("big");
        dc1.flip("big", "big-2", "critical");
        dc1.flip("api", "api-1", "warning");
        pass(1);
        assertThat(dc1.status("to-dc2").withheld()).containsExactly("big");
        dc1.export("to-dc2", "web", "api");
        pass(1);
        assertThat(dc1.status("to-dc2").withheld()).isNull();
        dc1.export("to-dc2", "web", "api", "big");
        pass(1);
        assertThat(dc1.status("to-dc2").withheld()).containsExactly("big");
    }

    @Test
    void aDeletionByTheAcceptorTerminatesTheDialer() {
        dc1.markDeleted("to-dc2");
        pass(10);
        assertThat(dc2.peering("to-dc1").state()).isEqualTo(PeeringState.TERMINATED);
        assertThat(network.lastAccepted().sent()).endsWith(new StreamMessage.Terminated());
        assertThat(dc1.status("to-dc2").connected()).isFalse();
        assertThat(dc1.status("to-dc2").lastError()).isNull();
        assertThat(dc2.status("to-dc1").shown(PeeringState.TERMINATED)).isEqualTo(PeeringState.TERMINATED);
        assertThat(a1.sessions.liveStreams()).isZero();
        assertThat(holder(dc1, "stream/" + dc1.peering("to-dc2").id())).isEmpty();
        assertThat(holder(dc2, "dial/" + dc2.peering("to-dc1").id())).isEmpty();
        int attempts = network.attempts.size();
        passSeconds(600);
        assertThat(network.attempts).hasSize(attempts);
    }

    @Test
    void aDeletionByTheDialerTerminatesTheAcceptor() {
        dc2.markDeleted("to-dc1");
        pass(10);
        assertThat(dc1.peering("to-dc2").state()).isEqualTo(PeeringState.TERMINATED);
        assertThat(a1.sessions.liveStreams()).isZero();
        assertThat(holder(dc2, "dial/" + dc2.peering("to-dc1").id())).isEmpty();
    }

    @Test
    void aDialerLeavesThePeerThatItHasNoTokenOfAnyMore() {
        dc1.acceptOnceMoreFrom(dc2, FIRST);
        passSeconds(1);
        assertThat(network.dialed).hasSize(2);
        assertThat(a1.sessions.liveStreams()).isEqualTo(1);
        assertThat(dc1.status("again-dc2").connected()).isTrue();
        assertThat(dc1.status("to-dc2").connected()).isFalse();
    }

    @Test
    void aTokenOfTheSamePeerLeavesTheStreamAlone() {
        dc2.write(
                dc2.peering("to-dc1").inState(PeeringState.PENDING),
                new PeeringSecrets(null, null, null, new Secret("of another token")));
        passSeconds(10);
        assertThat(network.dialed).hasSize(1);
        assertThat(a1.sessions.liveStreams()).isEqualTo(1);
    }

    @Test
    void aDeletionWhileApartIsToldAtTheReconnect() {
        network.silence(FIRST);
        network.lastDialed().cut();
        pass(10);
        dc1.markDeleted("to-dc2");
        network.listen(FIRST, a1.sessions);
        passSeconds(10);
        assertThat(dc2.peering("to-dc1").state()).isEqualTo(PeeringState.TERMINATED);
    }

    @Test
    void aSecondStreamOfAPeeringIsRefusedOnAnyReplicaAndTheFirstGoesOn() {
        network.listen(SECOND, a2.sessions);
        openAnotherAt(SECOND);
        pass(10);
        assertThat(a2.heard).isEmpty();
        assertThat(failures)
                .containsExactly("failed to register stream: there is an active stream for the given PeerID"
                        + " \"11111111-1111-1111-1111-111111111111\"");
        assertThat(dc1.status("to-dc2").connected()).isTrue();
        dc1.flip("api", "api-1", "warning");
        pass(0);
        assertThat(d1.statuses("to-dc1", "api")).containsExactly("warning");
    }

    @Test
    void aStreamWithoutHeartbeatsIsGivenUpAndTheImportsStay() {
        network.lastAccepted().stall(true);
        network.lastDialed().stall(true);
        network.silence(FIRST);
        passSeconds(125);
        assertThat(dc1.status("to-dc2").lastError()).isEqualTo("heartbeat timeout");
        assertThat(dc2.status("to-dc1").lastError()).isEqualTo("heartbeat timeout");
        assertThat(dc2.status("to-dc1").shown(PeeringState.ESTABLISHING)).isEqualTo(PeeringState.FAILING);
        assertThat(d1.statuses("to-dc1", "web")).hasSize(2);
    }

    @Test
    void heartbeatsKeepAQuietStream() {
        passSeconds(1000);
        assertThat(network.dialed).hasSize(1);
        assertThat(dc2.status("to-dc1").connected()).isTrue();
        assertThat(network.lastDialed().sent())
                .filteredOn(StreamMessage.Heartbeat.class::isInstance)
                .hasSize(66);
    }

    @Test
    void aRefusedStoreIsANackAndTheStreamStays() {
        dc2.log.failWith(new RefusedException(Refusal.invalid("no room")));
        dc1.flip("web", "web-2", "critical");
        pass(0);
        assertThat(network.lastDialed().sent())
                .last()
                .satisfies(message ->
                        assertThat(((Request) message).error().message()).endsWith("no room"));
        dc2.log.failWith(null);
        dc1.flip("web", "web-2", "warning");
        pass(0);
        assertThat(d1.statuses("to-dc1", "web")).containsExactly("passing", "warning");
    }

    @Test
    void anUnreachableStoreIsWaitedForAndNothingIsLost() {
        dc2.log.goAway();
        dc1.flip("web", "web-2", "critical");
        passSeconds(5);
        assertThat(d1.statuses("to-dc1", "web")).containsExactly("passing", "passing");
        dc2.log.failWith(null);
        passSeconds(1);
        assertThat(d1.statuses("to-dc1", "web")).containsExactly("passing", "critical");
        assertThat(network.dialed).hasSize(1);
    }

    @Test
    void aKilledDialerIsReplacedByAnotherReplicaWithinSeconds() {
        TestReplica d2 = dc2.replica("d2", network);
        d2.supervisor.start();
        passSeconds(5);
        assertThat(network.dialed).hasSize(1);
        d1.kill();
        network.lastDialed().cut();
        passSeconds(13);
        dc1.flip("web", "web-2", "critical");
        pass(1);
        assertThat(network.dialed).hasSize(2);
        assertThat(d2.statuses("to-dc1", "web")).containsExactly("passing", "critical");
    }

    /** Long before the leases of the dead run lapse. */
    @Test
    void aKilledAcceptorThatIsBackServesItsDialerAtOnce() {
        TestReplica back = killAndStartAgain(a1, "a1");
        network.listen(FIRST, back.sessions);
        passSeconds(2);
        assertThat(d1.heard).noneMatch(line -> line.contains("there is an active stream"));
        assertThat(dc1.status("to-dc2").connected()).isTrue();
        assertThat(back.heard).contains("began ACCEPTOR");
    }

    @Test
    void aKilledDialerThatIsBackDialsAtOnce() {
        killAndStartAgain(d1, "d1").supervisor.start();
        passSeconds(1);
        assertThat(network.dialed).hasSize(2);
        assertThat(dc2.status("to-dc1").connected()).isTrue();
    }

    @Test
    void aRunThatLostTheNameOfItsNodeTakesNothingFromTheOneThatHasIt() {
        TestReplica sleeper = dc1.replica("a1", network);
        sleeper.hasItsName = false;
        network.listen(SECOND, sleeper.sessions);
        openAnotherAt(SECOND);
        pass(10);
        assertThat(failures).singleElement().asString().contains("there is an active stream");
        assertThat(a1.sessions.liveStreams()).isEqualTo(1);
    }

    /** A node whose name begins as that of another, with what separates the parts of an owner. */
    @Test
    void aNodeTakesNothingFromOneWhoseNameOnlyBeginsAsItsOwn() {
        TestReplica longer = dc1.replica("a1/x", network);
        a1.kill();
        network.lastDialed().cut();
        network.listen(FIRST, longer.sessions);
        passSeconds(15);
        assertThat(longer.heard).containsExactly("began ACCEPTOR");
        TestReplica shorter = dc1.replica("a1", network);
        network.listen(SECOND, shorter.sessions);
        openAnotherAt(SECOND);
        pass(10);
        assertThat(failures).singleElement().asString().contains("there is an active stream");
    }

    private TestReplica killAndStartAgain(TestReplica replica, String name) {
        replica.kill();
        network.lastDialed().cut();
        network.lastAccepted().cut();
        return replica.cluster().replica(name, network);
    }

    @Test
    void aStoppedDialerGivesWayAtOnceAndIsNoError() {
        TestReplica d2 = dc2.replica("d2", network);
        d2.supervisor.start();
        passSeconds(5);
        d1.supervisor.stop();
        passSeconds(5);
        assertThat(dc2.status("to-dc1").connected()).isTrue();
        assertThat(d2.heard).contains("began DIALER");
    }

    @Test
    void aStoppedAcceptorSendsItsDialersToTheOtherReplicaAtOnce() {
        network.listen(SECOND, a2.sessions);
        dc1.servers(SECOND);
        pass(10);
        assertThat(dc2.peering("to-dc1").serverAddresses()).containsExactly(FIRST, SECOND);
        network.silence(FIRST);
        a1.sessions.stop();
        pass(50);
        assertThat(dc1.status("to-dc2").connected()).isTrue();
        assertThat(a2.sessions.liveStreams()).isEqualTo(1);
    }

    @Test
    void aDialerThatNeverConnectsLeavesTheStateAsItWas() {
        network.silence(FIRST);
        TestCluster dc3 = new TestCluster("dc3", time);
        TestReplica alone = dc3.replica("x1", network);
        dc1.acceptFrom(dc3, "10.9.9.9:1", "10.9.9.9:2");
        alone.supervisor.start();
        network.attempts.clear();
        passSeconds(15);
        assertThat(network.attempts).containsExactly("10.9.9.9:1", "10.9.9.9:2", "10.9.9.9:1", "10.9.9.9:2");
        assertThat(dc3.status("to-dc1").shown(PeeringState.ESTABLISHING)).isEqualTo(PeeringState.ESTABLISHING);
    }

    @Test
    void statusesAreNotWrittenForEveryAcknowledgement() {
        int before = dc2.statuses.writes();
        for (int i = 0; i < 500; i++) {
            dc1.flip("web", "web-2", i % 2 == 0 ? "critical" : "warning");
            pass(2);
        }
        assertThat(dc2.statuses.writes() - before).isLessThan(10);
    }

    /** Opens a stream of the same peering once more, and keeps how it fails. */
    private void openAnotherAt(String address) {
        network.open(new DialTarget(address, "", List.of()), new FailureListener(failures::add));
        network.lastDialed()
                .send(new StreamMessage.Open(
                        "11111111-1111-1111-1111-111111111111",
                        new Secret("5ec2e700-0000-0000-0000-000000000dc2"),
                        Remote.UNKNOWN));
    }

    private static Optional<String> holder(TestCluster cluster, String lease) {
        return cluster.leases.holder(PartitionName.DEFAULT, lease).await().indefinitely();
    }
}
