package dev.entente.engine.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.peering.Peering;
import dev.entente.domain.peering.PeeringSecrets;
import dev.entente.domain.peering.PeeringState;
import dev.entente.engine.peering.PeeringLeases;
import dev.entente.engine.port.Lease;
import dev.entente.engine.port.Leases;
import dev.entente.engine.port.PeeringStore.Decision;
import dev.entente.fake.VirtualLoop;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who dials, and when: what the simulation has found here. */
class DialLoopTest {
    private static final String ADDRESS = "10.0.0.1:8503";

    private final VirtualLoop time = new VirtualLoop();
    private final TestNetwork network = new TestNetwork(time);
    private final TestCluster dc1 = new TestCluster("dc1", time);
    private final TestCluster dc2 = new TestCluster("dc2", time);
    private final TestReplica acceptor = dc1.replica("a1", network);
    private final TestReplica dialer = dc2.replica("d1", network);

    @BeforeEach
    void peer() {
        network.listen(ADDRESS, acceptor.sessions);
        dc1.servers(ADDRESS);
        dc1.acceptFrom(dc2, ADDRESS);
    }

    @Test
    void aRestingLoopFindsASecretThatDoesNotShowInTheView() {
        Peering pending = dc2.peering("to-dc1").inState(PeeringState.PENDING);
        PeeringSecrets secrets = dc2.store
                .byName(PartitionName.DEFAULT, pending.name())
                .await()
                .indefinitely()
                .orElseThrow()
                .secrets();
        dc2.write(pending, PeeringSecrets.NONE);
        dialer.supervisor.start();
        time.advance(Duration.ofSeconds(1));
        assertThat(dialer.heard).isEmpty();

        dc2.store
                .decide(
                        PartitionName.DEFAULT,
                        new PeerName("to-dc1"),
                        held -> Outcome.accepted(new Decision<>(pending, secrets, 0)))
                .await()
                .indefinitely();
        time.advance(Duration.ofSeconds(6));

        assertThat(dialer.heard).containsExactly("began DIALER");
    }

    /** Two loops of one replica, one after the other, as when a peering is ended and brought back. */
    @Test
    void whatAnEarlierLoopGivesBackLateIsNotTakenFromALaterOne() {
        LateGivingBack leases = new LateGivingBack(dc2.leases);
        DialLease earlier = lease(dialer, leases);
        earlier.seek();
        time.advance(Duration.ofMillis(1));
        assertThat(earlier.current()).isPresent();

        earlier.release();
        DialLease later = lease(dialer, leases);
        later.seek();
        time.advance(Duration.ofMillis(1));
        leases.giveBack();
        DialLease another = lease(dc2.replica("d2", network), leases);
        another.seek();
        time.advance(ReplicationSettings.DEFAULT.takeoverPoll().plusMillis(1));

        assertThat(List.of(later, another))
                .filteredOn(lease -> lease.current().isPresent())
                .as("who may dial")
                .hasSize(1);
        assertThat(dc2.leases
                        .holder(
                                PartitionName.DEFAULT,
                                PeeringLeases.dial(dc2.peering("to-dc1").id()))
                        .await()
                        .indefinitely())
                .isPresent();
    }

    /** As when a replica stands still between asking and the answer: by then the lease may be another's. */
    @Test
    void aLeaseIsNotTakenFromAnAnswerThatCameTooLate() {
        LateGivingBack leases = new LateGivingBack(dc2.leases);
        leases.answerAfter(ReplicationSettings.DEFAULT.leaseValidity().plusMillis(1), time);
        DialLease lease = lease(dialer, leases);
        lease.seek();

        time.advance(ReplicationSettings.DEFAULT.leaseValidity().plusMillis(10));

        assertThat(lease.current()).isEmpty();
    }

    private DialLease lease(TestReplica replica, Leases leases) {
        ReplicationPorts ports = replica.ports(leases);
        LocalCluster local = new LocalCluster("d", "1", "dc2", true);
        Replication common = new Replication(
                ports,
                ReplicationSettings.DEFAULT,
                local,
                new ExportFeeds(ports.view(), time, local),
                ReplicationObserver.NONE);
        return new DialLease(common, time, dc2.peering("to-dc1"), new DialLease.Listener() {
            @Override
            public void onTaken() {}

            @Override
            public void onLost() {}
        });
    }

    /** What is given back is given back later, and answers may take their time. */
    private static final class LateGivingBack implements Leases {
        private final Leases real;
        private final List<Uni<Void>> late = new ArrayList<>();
        private UnaryOperator<Uni<Optional<Lease>>> answering = answer -> answer;

        LateGivingBack(Leases real) {
            this.real = real;
        }

        void answerAfter(Duration delay, VirtualLoop loop) {
            answering = answer -> answer.call(() -> loop.elapsed(delay));
        }

        void giveBack() {
            late.forEach(call -> call.await().indefinitely());
        }

        @Override
        public Uni<Optional<Lease>> acquire(PartitionName partition, String name, String owner, Duration validity) {
            return answering.apply(real.acquire(partition, name, owner, validity));
        }

        @Override
        public Uni<Optional<Lease>> succeed(
                PartitionName partition, String name, String predecessor, String owner, Duration validity) {
            return answering.apply(real.succeed(partition, name, predecessor, owner, validity));
        }

        @Override
        public Uni<Boolean> renew(PartitionName partition, Lease lease, Duration validity) {
            return real.renew(partition, lease, validity);
        }

        @Override
        public Uni<Void> release(PartitionName partition, Lease lease) {
            late.add(real.release(partition, lease));
            return Uni.createFrom().voidItem();
        }

        @Override
        public Uni<Optional<String>> holder(PartitionName partition, String name) {
            return real.holder(partition, name);
        }
    }
}
