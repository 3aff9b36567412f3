package dev.entente.sim;

import dev.entente.domain.config.ExportedServicesEntry.ExportedService;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.Secret;
import dev.entente.domain.peering.Remote;
import dev.entente.domain.stream.StreamMessage;
import dev.entente.engine.access.Caller;
import dev.entente.engine.peering.Peerings;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.CheckReport;
import dev.entente.engine.port.PeeringStore;
import dev.entente.engine.port.RecordKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the steps of a script happen. What clients ask for goes to some replica that lives, by the use cases that a client reaches. */
final class Director {
    private static final String[] STATUSES = {"passing", "warning", "critical"};

    private final SimWorld world;
    private final List<SimCluster> clusters;
    private final Map<String, String> tokens = new HashMap<>();
    private int ports = 8000;

    Director(SimWorld world, List<SimCluster> clusters) {
        this.world = world;
        this.clusters = clusters;
    }

    void play(Script script, Duration begin) {
        script.played().forEach(step -> world.at(begin.plus(step.at()).toNanos(), "step", () -> perform(step)));
    }

    private void perform(Step step) {
        world.note("STEP", step);
        SimCluster cluster = clusters.get(step.cluster());
        switch (step.kind()) {
            case REGISTER, DEREGISTER, FLIP, REPORT, EXPORT, WILDCARD, UNEXPORT, GATEWAY, ROTATE, SERVER ->
                change(step, cluster);
            case TOKEN, ESTABLISH, PEER, DELETE, OPEN_TWICE -> peer(step, cluster, peerOf(step));
            case CUT, HALF_OPEN, BLOCK, BLOCK_ONE_WAY -> disturb(step, cluster, peerOf(step));
            case KILL, KILL_IN_SILENCE, STOP, PAUSE, KILL_ALL, KILL_ALL_AND_LOSE_REDIS -> stop(step, cluster);
            case LOSE_REDIS -> cluster.hot().loseEverything();
            case TRIM -> cluster.hot().log().trim(PartitionName.DEFAULT, step.much() % 3);
            case REDIS_AWAY, REDIS_CUT_OFF, POSTGRES_AWAY, SLOW, LOSSY -> cloud(step, cluster);
        }
    }

    private SimCluster peerOf(Step step) {
        return clusters.get((step.cluster() + 1 + step.which() % (clusters.size() - 1)) % clusters.size());
    }

    private static Duration during(Step step) {
        return Duration.ofMillis(200 + step.much() % 20_000);
    }

    private void change(Step step, SimCluster cluster) {
        String service = cluster.serviceNames().get(step.which() % Catalogs.SERVICES.size());
        int instance = step.much() % Catalogs.INSTANCES;
        String status = STATUSES[step.which() / 7 % STATUSES.length];
        cluster.some(step.much() / 3).ifPresent(replica -> {
            switch (step.kind()) {
                case REGISTER -> replica.write(Catalogs.instance(cluster.name(), service, instance, ports++));
                case DEREGISTER -> replica.write(Catalogs.withoutInstance(service, instance));
                case FLIP -> flip(replica, service, instance, status);
                case REPORT ->
                    replica.publish(Change.report(
                            Catalogs.nodeOf(service, instance), Catalogs.CHECK, new CheckReport(status, "", 0)));
                case EXPORT -> replica.write(List.of(Catalogs.exports(some(step, cluster))));
                case WILDCARD ->
                    replica.write(List.of(Catalogs.exports(List.of(Catalogs.exported("*", otherNames(cluster))))));
                case UNEXPORT -> replica.write(List.of(Catalogs.exports(List.of())));
                case GATEWAY ->
                    replica.write(
                            step.which() % 2 == 0
                                    ? Catalogs.gateway(cluster.name(), ports++)
                                    : Catalogs.withoutGateway());
                case ROTATE ->
                    replica.write(List.of(Catalogs.roots(
                            cluster.name(), cluster.disk().roots().roots().size() + 1)));
                default ->
                    replica.write(
                            step.which() % 2 == 0
                                    ? Catalogs.server(cluster.name(), "spare", "10.7.7.7:8503")
                                    : Catalogs.withoutServer("spare"));
            }
        });
    }

    /** Only a check that there is can change. */
    private static void flip(SimReplica replica, String service, int instance, String status) {
        SimDisk.Write flipped = Catalogs.flipped(service, instance, status);
        if (replica.cluster().disk().record(RecordKind.CHECK, flipped.key()) != null) {
            replica.write(List.of(flipped));
        }
    }

    private List<ExportedService> some(Step step, SimCluster cluster) {
        List<ExportedService> exported = new ArrayList<>();
        List<String> names = cluster.serviceNames();
        for (int i = 0; i < names.size(); i++) {
            int bits = step.much() >> (3 * i);
            List<String> peers = new ArrayList<>(otherNames(cluster));
            if ((bits & 4) != 0) {
                peers.remove(step.which() % peers.size());
            }
            if ((bits & 3) != 0 && !peers.isEmpty()) {
                exported.add(Catalogs.exported(names.get(i), peers));
            }
        }
        return exported;
    }

    private List<String> otherNames(SimCluster cluster) {
        return clusters.stream()
                .filter(other -> other != cluster)
                .map(SimCluster::name)
                .toList();
    }

    /** In most cases the cluster with the smaller number accepts, so that the two meet. */
    private void peer(Step step, SimCluster one, SimCluster other) {
        boolean usual = step.much() % 10 != 0;
        boolean inOrder = clusters.indexOf(one) < clusters.indexOf(other);
        SimCluster acceptor = usual == inOrder ? one : other;
        SimCluster dialer = acceptor == one ? other : one;
        switch (step.kind()) {
            case TOKEN -> token(acceptor, dialer, step.much(), false);
            case ESTABLISH -> establish(acceptor, dialer, step.much());
            case PEER -> token(acceptor, dialer, step.much(), true);
            case DELETE -> delete(one, other, step.much());
            default -> openTwice(acceptor, dialer, step.much());
        }
    }

    void token(SimCluster acceptor, SimCluster dialer, int which, boolean thenEstablish) {
        Peerings.GenerateToken command = new Peerings.GenerateToken("", dialer.name(), Map.of(), List.of());
        acceptor.some(which)
                .ifPresent(replica -> replica.run(
                        "generate a token",
                        replica.peerings()
                                .generateToken(Caller.ANONYMOUS, command)
                                .invoke(token -> {
                                    tokens.put(acceptor.name() + ">" + dialer.name(), token);
                                    if (thenEstablish) {
                                        establish(acceptor, dialer, which);
                                    }
                                })));
    }

    private void establish(SimCluster acceptor, SimCluster dialer, int which) {
        String token = tokens.get(acceptor.name() + ">" + dialer.name());
        if (token != null) {
            Peerings.Establish command = new Peerings.Establish("", acceptor.name(), token, Map.of());
            dialer.some(which)
                    .ifPresent(replica ->
                            replica.run("establish", replica.peerings().establish(Caller.ANONYMOUS, command)));
        }
    }

    void delete(SimCluster at, SimCluster peer, int which) {
        at.some(which)
                .ifPresent(replica -> replica.run(
                        "delete", replica.peerings().delete(Caller.ANONYMOUS, PartitionName.DEFAULT, peer.name())));
    }

    private void openTwice(SimCluster acceptor, SimCluster dialer, int which) {
        Secret secret = dialer.disk()
                .held(acceptor.asPeer())
                .map(PeeringStore.Held::secrets)
                .map(secrets -> secrets.dialing())
                .orElse(null);
        if (secret != null) {
            String id = dialer.disk()
                    .held(acceptor.asPeer())
                    .orElseThrow()
                    .peering()
                    .peerId();
            acceptor.some(which)
                    .ifPresent(replica -> acceptor.network()
                            .openTwice(dialer, replica, new StreamMessage.Open(id, secret, Remote.UNKNOWN)));
        }
    }

    private void disturb(Step step, SimCluster cluster, SimCluster other) {
        SimNetwork network = cluster.network();
        switch (step.kind()) {
            case CUT -> network.cut(step.which(), false);
            case HALF_OPEN -> network.cut(step.which(), true);
            case BLOCK -> {
                network.block(cluster, other, during(step));
                network.block(other, cluster, during(step));
            }
            default -> network.block(cluster, other, during(step));
        }
    }

    private void stop(Step step, SimCluster cluster) {
        int places = cluster.places().size();
        boolean all = step.kind() == Step.Kind.KILL_ALL || step.kind() == Step.Kind.KILL_ALL_AND_LOSE_REDIS;
        for (int place = 0; place < places; place++) {
            if (all || place == step.which() % places) {
                int stopped = place;
                cluster.at(place).ifPresent(replica -> stop(step, replica));
                world.after(during(step).toNanos(), "restart", () -> cluster.start(stopped));
            }
        }
        if (step.kind() == Step.Kind.KILL_ALL_AND_LOSE_REDIS) {
            cluster.hot().loseEverything();
        }
    }

    private static void stop(Step step, SimReplica replica) {
        switch (step.kind()) {
            case STOP -> replica.stop();
            case PAUSE -> replica.process().pause(during(step));
            default -> replica.end(step.kind() == Step.Kind.KILL_IN_SILENCE);
        }
    }

    private static void cloud(Step step, SimCluster cluster) {
        SimReplica.Place place =
                cluster.places().get(step.which() % cluster.places().size());
        boolean redis = step.which() / 5 % 2 == 0;
        Weather some = redis ? place.redisWeather() : cluster.sqlWeather();
        switch (step.kind()) {
            case REDIS_AWAY -> cluster.redisWeather().away(during(step));
            case REDIS_CUT_OFF -> place.redisWeather().away(during(step));
            case POSTGRES_AWAY -> cluster.sqlWeather().away(during(step));
            case SLOW -> some.slow(during(step));
            default -> some.lossy(during(step));
        }
    }
}
