package dev.entente.engine.replication;

import dev.entente.domain.catalog.Instance;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.Secret;
import dev.entente.domain.peering.Peering;
import dev.entente.domain.stream.Ending;
import dev.entente.domain.stream.Role;
import dev.entente.engine.peering.PeeringNotices;
import dev.entente.engine.peering.PeeringWrites;
import dev.entente.engine.peering.StreamAdmission;
import dev.entente.engine.port.EventLoop;
import dev.entente.engine.port.Ids;
import dev.entente.engine.port.Leases;
import dev.entente.engine.view.LogPublisher;
import dev.entente.engine.view.LogView;
import dev.entente.engine.view.Recovery;
import dev.entente.fake.LoneCluster;
import dev.entente.fake.NoOutbox;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** One replica with everything of replication that is real, over the fakes of its cluster. */
final class TestReplica {
    final LogView view;
    final StreamSessions sessions;
    final DialSupervisor supervisor;
    final List<String> heard = new ArrayList<>();
    private final TestCluster cluster;
    private boolean dead;
    /** Whether the store says that the name of its node is this run's. */
    boolean hasItsName = true;

    TestReplica(TestCluster cluster, String name, TestNetwork network) {
        this.cluster = cluster;
        EventLoop loop = new MortalLoop();
        this.view = new LogView(
                cluster.log,
                new Recovery(cluster.log, new LoneCluster("x")),
                new LogView.Drive(() -> loop, new Random(1), (partition, trouble) -> heard.add("view: " + trouble)),
                LogView.Settings.DEFAULT);
        view.start().await().indefinitely();
        PeeringWrites writes = writes();
        ReplicationPorts ports = ports(cluster.leases);
        LocalCluster local = new LocalCluster(name, UUID.randomUUID().toString(), cluster.datacenter, true);
        Replication common = new Replication(
                ports, ReplicationSettings.DEFAULT, local, new ExportFeeds(view, loop, local), new Hearing());
        StreamAdmission admission = new StreamAdmission(cluster.store, writes);
        sessions = new StreamSessions(
                common,
                () -> loop,
                admission::admit,
                (id, secret) -> Uni.createFrom().nothing());
        supervisor = new DialSupervisor(common, () -> loop, network);
    }

    private PeeringWrites writes() {
        return new PeeringWrites(cluster.store, new LogPublisher(cluster.log, new NoOutbox(), view));
    }

    /** What its streams work with, over these leases. */
    ReplicationPorts ports(Leases leases) {
        return new ReplicationPorts(
                view,
                cluster.log,
                leases,
                () -> Uni.createFrom().item(hasItsName),
                cluster.statuses,
                cluster.store,
                new PeeringNotices(writes()),
                cluster.addresses,
                () -> TestCluster.START.plusNanos(cluster.time.nanoTime()),
                new RandomIds());
    }

    TestCluster cluster() {
        return cluster;
    }

    /** Nothing of it runs any more, and nobody is told. */
    void kill() {
        dead = true;
        view.stop();
    }

    List<Instance> imported(String peer, String service) {
        return view.defaultPartition()
                .service(new PeerName(peer), service)
                .value()
                .instances();
    }

    List<String> statuses(String peer, String service) {
        return imported(peer, service).stream()
                .flatMap(instance -> instance.checks().stream())
                .map(check -> check.value().status())
                .toList();
    }

    int importedFrom(String peer) {
        return view.partition(PartitionName.DEFAULT)
                .orElseThrow()
                .importedCounts()
                .getOrDefault(peer, 0);
    }

    private final class Hearing implements ReplicationObserver {
        @Override
        public void streamBegan(Peering peering, Role role) {
            heard.add("began " + role);
        }

        @Override
        public void streamEnded(Peering peering, Role role, Ending ending) {
            heard.add("ended " + role + " " + ending);
        }

        @Override
        public void dialFailed(Peering peering, String address, Ending ending) {
            heard.add("dial failed " + address + " " + ending);
        }

        @Override
        public void resourceTooLarge(Peering peering, String resourceId) {
            heard.add("too large " + resourceId);
        }

        @Override
        public void trouble(String doing, Throwable cause) {
            heard.add("trouble: " + doing + ": " + cause);
        }
    }

    private final class MortalLoop implements EventLoop {
        @Override
        public void execute(Runnable task) {
            cluster.time.execute(alive(task));
        }

        @Override
        public Timer after(Duration delay, Runnable task) {
            return cluster.time.after(delay, alive(task));
        }

        @Override
        public Timer every(Duration period, Runnable task) {
            return cluster.time.every(period, alive(task));
        }

        private Runnable alive(Runnable task) {
            return () -> {
                if (!dead) {
                    task.run();
                }
            };
        }
    }

    private static final class RandomIds implements Ids {
        @Override
        public String uuid() {
            return UUID.randomUUID().toString();
        }

        @Override
        public Secret secret() {
            return new Secret(uuid());
        }
    }
}
