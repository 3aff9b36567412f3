package dev.entente.sim;

import dev.entente.domain.identity.PeerName;
import dev.entente.engine.port.Committed;
import dev.entente.sim.SimDisk.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** One cluster: its stores, its replicas, and everything that it ever had. Peers know it by its own name. */
final class SimCluster {
    private static final long LEASE_VALIDITY = Duration.ofSeconds(10).toNanos();
    /** The time between two renewals, and that of a call that gets no answer. */
    private static final Duration ASKS_AGAIN = Duration.ofSeconds(5);

    private static final long AFTER_A_STOP = Duration.ofMillis(100).toNanos();

    private final SimWorld world;
    private final String name;
    private final SimNetwork network;
    private final Mutation mutation;
    private final SimDisk disk;
    private final SimHotStore hot;
    private final Weather redisWeather;
    private final Weather sqlWeather;
    private final History history = new History();
    private final ImportAudit audit;
    private final List<SimReplica.Place> places = new ArrayList<>();
    private final Map<Integer, SimReplica> replicas = new TreeMap<>();
    private final Map<String, SimCluster> all;
    private int lives;

    /** Clusters find each other by name in {@code all}. */
    SimCluster(SimWorld world, String name, SimNetwork network, Mutation mutation, Map<String, SimCluster> all) {
        this.world = world;
        this.name = name;
        this.network = network;
        this.mutation = mutation;
        this.all = all;
        this.disk = new SimDisk(world);
        this.hot = new SimHotStore(world);
        this.redisWeather = new Weather(world);
        this.sqlWeather = new Weather(world);
        this.audit = new ImportAudit(world, this);
        hot.log().audit(audit);
    }

    /** Puts in place what every cluster has before it runs: its replicas as servers, and roots. */
    void settle(int number, int replicaCount, List<PeerName> peers) {
        for (int i = 1; i <= replicaCount; i++) {
            String address = "10." + number + ".0." + i + ":8503";
            IndexWatch.Memory indexes = new IndexWatch.Memory(peers, serviceNames());
            places.add(new SimReplica.Place(name + i, address, new Weather(world), new Weather(world), indexes));
            commit(Catalogs.server(name, name + i, address));
        }
        commit(List.of(Catalogs.roots(name, 1)));
    }

    /** The names of the services here; no other cluster has any of them. */
    List<String> serviceNames() {
        return Catalogs.SERVICES.stream().map(service -> name + "-" + service).toList();
    }

    Committed<Boolean> commit(List<Write> writes) {
        Committed<Boolean> done = disk.commit(writes);
        history.note(done.changes());
        return done;
    }

    /** Begins a new life of the replica at a place, unless the earlier one goes on. */
    void start(int place) {
        SimReplica before = replicas.get(place);
        if (before != null && before.isStopping()) {
            world.after(AFTER_A_STOP, "restart", () -> start(place));
        } else if (before == null || !before.process().isAlive()) {
            SimReplica replica = new SimReplica(this, places.get(place), ++lives);
            replicas.put(place, replica);
            replica.start();
        }
    }

    /** The replica at a place, if it lives. */
    Optional<SimReplica> at(long place) {
        return Optional.ofNullable(replicas.get((int) (place % places.size())))
                .filter(replica -> replica.process().isAlive());
    }

    /** Some replica that lives. */
    Optional<SimReplica> some(long which) {
        List<SimReplica> alive = replicas();
        return alive.isEmpty() ? Optional.empty() : Optional.of(alive.get((int) (which % alive.size())));
    }

    List<SimReplica> replicas() {
        return replicas.values().stream()
                .filter(replica -> replica.process().isAlive())
                .toList();
    }

    /** After every event. */
    void checkIndexes() {
        for (SimReplica replica : replicas.values()) {
            replica.checkIndexes();
        }
    }

    List<SimReplica.Place> places() {
        return places;
    }

    SimWorld world() {
        return world;
    }

    String name() {
        return name;
    }

    PeerName asPeer() {
        return new PeerName(name);
    }

    SimCluster cluster(PeerName peer) {
        return Objects.requireNonNull(all.get(peer.value()));
    }

    SimNetwork network() {
        return network;
    }

    Mutation mutation() {
        return mutation;
    }

    SimDisk disk() {
        return disk;
    }

    /** So recently that not all who held leases can have noticed. */
    boolean hasJustLostLeases() {
        return world.nanoTime() < hot.lostAt() + LEASE_VALIDITY;
    }

    /** When it is over with every lease that was held when they were lost last. */
    long leasesLapseAt() {
        return hot.lostAt() + LEASE_VALIDITY;
    }

    /** Whether some replica could not hear, for longer than it takes to ask again, that its leases were lost. */
    boolean isPartlyCutOff() {
        return redisWeather.wasAway(ASKS_AGAIN)
                || places.stream().anyMatch(place -> place.redisWeather().wasAway(ASKS_AGAIN));
    }

    SimHotStore hot() {
        return hot;
    }

    Weather redisWeather() {
        return redisWeather;
    }

    Weather sqlWeather() {
        return sqlWeather;
    }

    History history() {
        return history;
    }

    ImportAudit audit() {
        return audit;
    }

    @Override
    public String toString() {
        return name;
    }
}
