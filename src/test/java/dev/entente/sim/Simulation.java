package dev.entente.sim;

import dev.entente.domain.identity.PeerName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One run: clusters peer in peace, then the script happens to them; then, if asked for, everything is healed and they have a bounded
 * time to agree, and at last they part.
 */
final class Simulation {
    /**
     * In this time a healed world comes to rest: a dead stream is noticed after 120 seconds, and by then its dialer may be waiting for
     * up to 256 more.
     */
    static final Duration CONVERGENCE = Duration.ofSeconds(420);

    private static final Duration PEACE = Duration.ofSeconds(6);
    /** What was delayed takes effect within this time. */
    private static final Duration AFTERMATH = Duration.ofSeconds(11);
    /** So many looks in a row; a stream that is opened and refused agrees for a moment. */
    private static final int STEADY = 5;
    /** A stream that is dead on one side only keeps the other from hearing of it. */
    private static final Duration PARTING = Duration.ofSeconds(140);

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final String[] NAMES = {"ash", "birch", "cedar"};

    private final Script script;
    private final SimWorld world;
    private final SimNetwork network;
    private final List<SimCluster> clusters = new ArrayList<>();
    private final Director director;

    /** What is asked of a run. */
    enum Goal {
        /** Nothing forbidden happens. */
        SAFETY,
        /** Nothing forbidden happens, and afterwards everything comes to agree. */
        LIVENESS
    }

    /**
     * How a run went.
     *
     * @param seconds how long it took to agree, in the world's time
     */
    record Outcome(Optional<String> violation, Trace trace, long events, long seconds) {}

    private Simulation(Script script, Mutation mutation, Trace trace) {
        this.script = script;
        this.world = new SimWorld(script.seed(), trace);
        this.network = new SimNetwork(world);
        network.tamper((link, watch) -> mutation.link(link));
        Map<String, SimCluster> all = new LinkedHashMap<>();
        for (int i = 0; i < script.clusters(); i++) {
            SimCluster cluster = new SimCluster(world, NAMES[i], network, mutation, all);
            clusters.add(cluster);
            all.put(cluster.name(), cluster);
        }
        this.director = new Director(world, clusters);
        world.afterEach(() -> clusters.forEach(SimCluster::checkIndexes));
    }

    static Outcome run(Script script, Goal goal, Mutation mutation, Trace trace) {
        Simulation run = new Simulation(script, mutation, trace);
        long seconds = run.play(goal);
        return new Outcome(run.world.violation(), trace, run.world.events(), seconds);
    }

    private long play(Goal goal) {
        settle();
        director.play(script, PEACE);
        boolean safe = world.run(PEACE.plus(script.length()).plusSeconds(1));
        if (!safe || goal == Goal.SAFETY) {
            return 0;
        }
        heal();
        world.run(AFTERMATH);
        long seconds = agree(CONVERGENCE);
        if (world.violation().isEmpty()) {
            part();
        }
        return seconds;
    }

    private void settle() {
        List<PeerName> peers = clusters.stream().map(SimCluster::asPeer).toList();
        for (int i = 0; i < clusters.size(); i++) {
            SimCluster cluster = clusters.get(i);
            cluster.settle(
                    i + 1,
                    script.replicas(),
                    peers.stream()
                            .filter(peer -> !peer.equals(cluster.asPeer()))
                            .toList());
            for (String service : cluster.serviceNames()) {
                cluster.commit(Catalogs.instance(cluster.name(), service, 0, 80));
            }
            List<String> others = peers.stream()
                    .map(PeerName::value)
                    .filter(name -> !name.equals(cluster.name()))
                    .toList();
            cluster.commit(List.of(Catalogs.exports(
                    List.of(Catalogs.exported(cluster.serviceNames().get(0), others)))));
            for (int place = 0; place < script.replicas(); place++) {
                cluster.start(place);
            }
        }
        world.after(Duration.ofSeconds(2).toNanos(), "peer", this::peerAll);
    }

    private void peerAll() {
        for (int acceptor = 0; acceptor < clusters.size(); acceptor++) {
            for (int dialer = acceptor + 1; dialer < clusters.size(); dialer++) {
                director.token(clusters.get(acceptor), clusters.get(dialer), 0, true);
            }
        }
    }

    private void heal() {
        world.note("HEALED");
        network.unblockAll();
        for (SimCluster cluster : clusters) {
            cluster.redisWeather().clear();
            cluster.sqlWeather().clear();
            for (int place = 0; place < cluster.places().size(); place++) {
                cluster.places().get(place).redisWeather().clear();
                cluster.places().get(place).sqlWeather().clear();
                cluster.start(place);
            }
        }
    }

    private long agree(Duration limit) {
        int agreeing = 0;
        for (long passed = 0; passed < limit.toSeconds(); passed++) {
            if (!world.run(LOOK)) {
                return passed;
            }
            agreeing = Agreement.problems(clusters, network).isEmpty() ? agreeing + 1 : 0;
            if (agreeing == STEADY) {
                return passed;
            }
        }
        agreed("after " + limit.toSeconds() + " s");
        return limit.toSeconds();
    }

    private void agreed(String when) {
        List<String> problems = Agreement.problems(clusters, network);
        if (!problems.isEmpty()) {
            world.violated("no agreement " + when + ": " + problems);
        }
    }

    /** One side of each pair deletes its peering; the other is told, and nothing of it is left on either. */
    private void part() {
        world.note("PARTING");
        for (SimCluster cluster : clusters) {
            for (SimCluster peer : clusters) {
                if (cluster != peer && Agreement.isPair(cluster, peer) && world.chance(0.6)) {
                    director.delete(cluster, peer, 0);
                    world.run(Duration.ofMillis(world.between(0, 200)));
                }
            }
        }
        agree(PARTING);
    }
}
