package dev.entente.sim;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.RefusedException;
import dev.entente.domain.identity.Secret;
import dev.entente.domain.peering.Peering;
import dev.entente.domain.stream.Ending;
import dev.entente.domain.stream.Role;
import dev.entente.engine.access.AllowAll;
import dev.entente.engine.peering.Establishment;
import dev.entente.engine.peering.MeshGateways;
import dev.entente.engine.peering.PeeringGate;
import dev.entente.engine.peering.PeeringNotices;
import dev.entente.engine.peering.PeeringReads;
import dev.entente.engine.peering.PeeringSettings;
import dev.entente.engine.peering.PeeringWrites;
import dev.entente.engine.peering.Peerings;
import dev.entente.engine.peering.Purge;
import dev.entente.engine.peering.PurgeLoop;
import dev.entente.engine.peering.SecretExchange;
import dev.entente.engine.peering.ServerAddresses;
import dev.entente.engine.peering.StoredPeerings;
import dev.entente.engine.peering.StreamAdmission;
import dev.entente.engine.peering.StreamFarewell;
import dev.entente.engine.peering.TlsMaterials;
import dev.entente.engine.peering.TokenIssuer;
import dev.entente.engine.peering.TokenRedemption;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.ChangeLog;
import dev.entente.engine.port.EventLoops;
import dev.entente.engine.port.Ids;
import dev.entente.engine.port.LeaseLostException;
import dev.entente.engine.port.LogTrimmedException;
import dev.entente.engine.port.StoreUnavailableException;
import dev.entente.engine.replication.DialSupervisor;
import dev.entente.engine.replication.ExportFeeds;
import dev.entente.engine.replication.LocalCluster;
import dev.entente.engine.replication.Replication;
import dev.entente.engine.replication.ReplicationObserver;
import dev.entente.engine.replication.ReplicationPorts;
import dev.entente.engine.replication.ReplicationSettings;
import dev.entente.engine.replication.StreamSessions;
import dev.entente.engine.view.LogPublisher;
import dev.entente.engine.view.LogView;
import dev.entente.engine.view.OutboxSweeper;
import dev.entente.engine.view.Publisher;
import dev.entente.engine.view.Recovery;
import dev.entente.fake.InMemoryAddresses;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * One life of a replica: everything of peerings, replication and the view that the service is made of, put together as at its start,
 * over stores that are in this world.
 */
final class SimReplica {
    private static final Duration SWEEP_PERIOD = Duration.ofMillis(500);

    private final SimWorld world;
    private final SimCluster cluster;
    private final SimProcess process;
    private final String address;
    private final ProcessStores stores;
    private final LogView view;
    private final Publisher publisher;
    private final Peerings peerings;
    private final StreamSessions sessions;
    private final DialSupervisor supervisor;
    private final PurgeLoop purge;
    private final OutboxSweeper sweeper;
    private final ExportFeeds feeds;
    private final IndexWatch indexes;
    private boolean stopped;

    SimReplica(SimCluster cluster, Place place, int life) {
        this.world = cluster.world();
        this.cluster = cluster;
        this.process = new SimProcess(world, place.name() + "." + life);
        this.address = place.address();
        this.stores = new ProcessStores(
                world,
                process,
                cluster.disk(),
                cluster.hot(),
                List.of(cluster.redisWeather(), place.redisWeather()),
                List.of(cluster.sqlWeather(), place.sqlWeather()));
        EventLoops loops = process::nextLoop;
        ChangeLog log = cluster.mutation().log(stores.log(), world);
        this.view = new LogView(
                log,
                new Recovery(log, stores.cluster()),
                new LogView.Drive(loops, new Random(life), (partition, trouble) -> trouble("follow the log", trouble)),
                LogView.Settings.DEFAULT);
        this.publisher = new LogPublisher(log, stores.outbox(), view);
        PeeringWrites writes = new PeeringWrites(stores.peerings(), publisher);
        this.peerings = peerings(writes, loops);
        ReplicationPorts ports = new ReplicationPorts(
                view,
                log,
                cluster.mutation().leases(stores.leases()),
                () -> Uni.createFrom().item(true),
                stores.statuses(),
                stores.peerings(),
                new PeeringNotices(writes),
                new InMemoryAddresses(),
                world::time,
                new SeededIds());
        LocalCluster local = new LocalCluster(place.name(), String.valueOf(life), cluster.name(), true);
        this.feeds = new ExportFeeds(view, loops.next(), local);
        Replication common = new Replication(ports, ReplicationSettings.DEFAULT, local, feeds, new Hearing());
        StreamAdmission admission = new StreamAdmission(stores.peerings(), writes);
        SecretExchange exchange = new SecretExchange(stores.peerings(), writes, new SeededIds());
        this.sessions = new StreamSessions(common, loops, admission::admit, exchange::exchange);
        this.supervisor = new DialSupervisor(common, loops, cluster.network().dialerOf(this));
        Purge.Ports purged = new Purge.Ports(
                view, cluster.mutation().purging(publisher), stores.peerings(), stores.statuses(), stores.leases());
        this.purge = new PurgeLoop(
                new Purge(purged, writes, new StreamFarewell(stores.leases(), loops), process.toString()),
                view,
                loops.next(),
                trouble -> trouble("purge", trouble));
        this.sweeper = new OutboxSweeper(
                stores.outbox(),
                log,
                new OutboxSweeper.Period(SWEEP_PERIOD, loops.next()),
                trouble -> trouble("sweep", trouble));
        this.indexes = new IndexWatch(world, place, view);
    }

    /** Where a replica lives: what is the same in all its lives. */
    record Place(String name, String address, Weather redisWeather, Weather sqlWeather, IndexWatch.Memory indexes) {}

    private Peerings peerings(PeeringWrites writes, EventLoops loops) {
        PeeringSettings settings = new PeeringSettings(true, true, cluster.name(), 8503);
        PeeringGate gate = new PeeringGate(settings, new AllowAll(), view);
        TlsMaterials tls = new TlsMaterials(stores.authority(), settings);
        PeeringReads reads = new PeeringReads(view, stores.statuses());
        TokenRedemption redemption = new TokenRedemption(
                cluster.network().dialerOf(this), new MeshGateways(view), loops, () -> world.between(0, 1000) / 1000.0);
        return new StoredPeerings(
                gate,
                new TokenIssuer(gate, tls, new ServerAddresses(view), writes, new SeededIds(), settings),
                new Establishment(gate, tls, reads, writes, redemption, new SeededIds()),
                reads,
                writes,
                world::time);
    }

    /** In the order of the real start: doors open when the view can be read. */
    void start() {
        world.note("starts", process);
        view.start().subscribe().with(done -> process.run("started", this::open), failure -> trouble("start", failure));
    }

    private void open() {
        cluster.network().listen(address, this);
        sweeper.start();
        purge.start();
        supervisor.start();
    }

    /** In the order of the real stop; what is not said by then is cut off. */
    void stop() {
        world.note("stops", process);
        stopped = true;
        supervisor.stop();
        sessions.stop();
        feeds.close();
        purge.stop();
        sweeper.stop();
        world.after(Duration.ofMillis(500).toNanos(), "stopped", () -> {
            view.stop();
            end(false);
        });
    }

    void end(boolean inSilence) {
        if (process.isAlive()) {
            world.note("ends", process);
            process.die();
            cluster.network().lose(process, inSilence);
        }
    }

    /** Told to stop, and not gone yet. */
    boolean isStopping() {
        return stopped && process.isAlive();
    }

    void checkIndexes() {
        if (process.isAlive()) {
            indexes.look();
        }
    }

    SimProcess process() {
        return process;
    }

    SimCluster cluster() {
        return cluster;
    }

    String address() {
        return address;
    }

    StreamSessions sessions() {
        return sessions;
    }

    Peerings peerings() {
        return peerings;
    }

    LogView view() {
        return view;
    }

    /** Writes records and makes them visible, as a use case does. */
    void write(List<SimDisk.Write> writes) {
        Supplier<dev.entente.engine.port.Committed<Boolean>> transaction = () -> cluster.commit(writes);
        run("write", stores.onDisk(transaction).chain(done -> publisher.publish(PartitionName.DEFAULT, done)));
    }

    /** Publishes what lives only in the hot state. */
    void publish(Change change) {
        run("publish", publisher.publish(PartitionName.DEFAULT, List.of(change)));
    }

    /** Runs something that a client asked for; it may be refused, and what comes of it may never be known. */
    <T> void run(String what, Uni<T> asked) {
        asked.subscribe().with(done -> {}, failure -> {
            world.note("is refused", what, SimWorld.describe(failure));
            trouble(what, failure);
        });
    }

    /** What the engine may run into in such a world; anything else is a fault of the engine. */
    void trouble(String doing, Throwable failure) {
        boolean expected = failure instanceof StoreUnavailableException
                || failure instanceof RefusedException
                || failure instanceof LeaseLostException
                || failure instanceof LogTrimmedException
                || failure instanceof io.smallrye.mutiny.CompositeException;
        if (!expected) {
            world.violated(process + " failed to " + doing + ": " + SimWorld.describe(failure));
        }
    }

    private final class Hearing implements ReplicationObserver {
        @Override
        public void streamBegan(Peering peering, Role role) {
            world.note("stream began", process, role, peering.id());
        }

        @Override
        public void streamEnded(Peering peering, Role role, Ending ending) {
            world.note("stream ended", process, role, ending);
        }

        @Override
        public void dialFailed(Peering peering, String dialed, Ending ending) {
            world.note("dial failed", process, dialed, ending);
        }

        @Override
        public void trouble(String doing, Throwable cause) {
            world.note("trouble", process, doing, cause.getMessage());
            SimReplica.this.trouble(doing, cause);
        }
    }

    private final class SeededIds implements Ids {
        @Override
        public String uuid() {
            return new UUID(world.between(0, Long.MAX_VALUE - 1), world.between(0, Long.MAX_VALUE - 1)).toString();
        }

        @Override
        public Secret secret() {
            return new Secret(uuid());
        }
    }
}
