package dev.entente.sim;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.Secret;
import dev.entente.domain.peering.Peering;
import dev.entente.domain.peering.PeeringState;
import dev.entente.domain.peering.StreamStatus;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.PeerScope;
import dev.entente.engine.port.PeeringStore.Held;
import dev.entente.engine.view.PartitionView;
import dev.entente.fake.InMemoryHotState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What must be true once a world has come to rest (protocol chapters 3.8, 4.6 and 7): what is imported is what the peer exports,
 * both sides say the same of the peering, and of a peering that is over nothing is left.
 */
final class Agreement {
    private final List<SimCluster> clusters;
    private final SimNetwork network;
    private final List<String> problems = new ArrayList<>();

    private Agreement(List<SimCluster> clusters, SimNetwork network) {
        this.clusters = clusters;
        this.network = network;
    }

    /** All that is not as it should be. */
    static List<String> problems(List<SimCluster> clusters, SimNetwork network) {
        return new Agreement(clusters, network).look();
    }

    private List<String> look() {
        clusters.stream()
                .filter(cluster ->
                        cluster.hot().log().state(PartitionName.DEFAULT).isEmpty())
                .forEach(cluster -> problems.add(cluster + " has no log"));
        if (!problems.isEmpty()) {
            return problems;
        }
        for (SimCluster cluster : clusters) {
            stores(cluster);
            for (SimCluster peer : clusters) {
                if (peer != cluster) {
                    peering(cluster, peer);
                }
            }
        }
        return problems;
    }

    /** What is stored is visible, and everywhere. */
    private void stores(SimCluster cluster) {
        InMemoryHotState hot = hot(cluster);
        expect(cluster + " publishes all", true, cluster.disk().isAllPublished());
        expect(cluster + " shows its records", versions(cluster.disk().durableRecords()), versions(hot.records()));
        for (SimReplica replica : cluster.replicas()) {
            PartitionView view = replica.view().defaultPartition();
            expect(replica.process() + " has caught up", hot.newest(), view.position());
        }
    }

    private static Map<String, Long> versions(List<Change> records) {
        Map<String, Long> versions = new TreeMap<>();
        records.forEach(record -> versions.put(record.kind() + "/" + record.key(), record.version()));
        return versions;
    }

    private void peering(SimCluster cluster, SimCluster peer) {
        Optional<Held> held = cluster.disk().held(peer.asPeer());
        if (held.isEmpty() || !held.get().peering().isActive()) {
            held.ifPresent(record -> expect(
                    cluster + " is done with " + peer,
                    PeeringState.TERMINATED,
                    record.peering().state()));
            nothingImported(cluster, peer);
            expect(cluster + " has no stream with " + peer, 0, live(cluster, peer));
        }
        held.map(Held::peering).filter(Peering::isActive).ifPresent(active -> active(cluster, peer, active));
        held.ifPresent(record -> disagreement(cluster, peer, record));
    }

    private void active(SimCluster cluster, SimCluster peer, Peering active) {
        PeerScope owner = hot(cluster).importers().get(peer.asPeer().key());
        if (owner != null) {
            expect(cluster + " holds imports of its peering with " + peer, active.id(), owner.id());
        }
        StreamStatus status = status(cluster, active);
        if (areEndsOfOne(cluster, peer) && !isPair(cluster, peer)) {
            // Of two tokens used at once the loser's secret may have been kept: a stream that lives goes on, none
            // begins.
            return;
        }
        if (!isPair(cluster, peer)) {
            expect(cluster + " has no stream with " + peer, 0, live(cluster, peer));
            expect(cluster + " does not show a stream with " + peer, false, status.connected());
            return;
        }
        expect(cluster + " has a stream with " + peer, 1, live(cluster, peer));
        expect(cluster + " shows the peering with " + peer, PeeringState.ACTIVE, status.shown(active.state()));
        Exported exported = Exported.of(peer, cluster);
        expect(cluster + " counts what it imports from " + peer, exported.names(), names(status.imported()));
        for (SimReplica replica : cluster.replicas()) {
            PartitionView view = replica.view().defaultPartition();
            expect(
                    replica.process() + " imports from " + peer,
                    exported.instances(),
                    Exported.imported(view, peer.asPeer()));
            expect(
                    replica.process() + " trusts " + peer,
                    Optional.of(peer.disk().roots().roots().stream()
                            .map(root -> root.rootCert())
                            .toList()),
                    view.trustBundle(peer.asPeer())
                            .value()
                            .map(bundle -> bundle.value().rootPems()));
        }
        StreamStatus other =
                status(peer, peer.disk().held(cluster.asPeer()).orElseThrow().peering());
        expect(peer + " counts what it exports to " + cluster, exported.names(), names(other.exported()));
    }

    private static Set<String> names(@Nullable List<String> told) {
        return told == null ? Set.of() : new TreeSet<>(told);
    }

    private void nothingImported(SimCluster cluster, SimCluster peer) {
        expect(
                cluster + " holds no imports of " + peer,
                null,
                hot(cluster).importers().get(peer.asPeer().key()));
        for (SimReplica replica : cluster.replicas()) {
            expect(
                    replica.process() + " imports nothing from " + peer,
                    0,
                    replica.view()
                            .defaultPartition()
                            .importedCounts()
                            .getOrDefault(peer.asPeer().key(), 0));
        }
    }

    /** One who has ended it is believed: nobody else takes it for ended, and nobody holds on to it. */
    private void disagreement(SimCluster cluster, SimCluster peer, Held held) {
        Held other = peer.disk().held(cluster.asPeer()).orElse(null);
        if (other != null && other.peering().isActive() && !held.peering().isActive() && knowEachOther(held, other)) {
            problems.add(cluster + " says " + held.peering().state() + " while " + peer + " says "
                    + other.peering().state());
        }
    }

    private static boolean areEndsOfOne(SimCluster one, SimCluster other) {
        Peering here = one.disk().held(other.asPeer()).map(Held::peering).orElseThrow();
        return other.disk()
                .held(one.asPeer())
                .map(Held::peering)
                .filter(there -> there.isActive()
                        && (there.peerId().equals(here.id().value())
                                || here.peerId().equals(there.id().value())))
                .isPresent();
    }

    /** Whether the two records are the ends of one peering whose secrets fit. */
    private static boolean knowEachOther(Held one, Held other) {
        Held dialer = one.peering().isDialer() ? one : other;
        Held acceptor = dialer == one ? other : one;
        Secret shown = dialer.secrets().dialing();
        return dialer.peering().isDialer()
                && !acceptor.peering().isDialer()
                && dialer.peering().peerId().equals(acceptor.peering().id().value())
                && shown != null
                && (shown.hash().equals(acceptor.secrets().active())
                        || shown.hash().equals(acceptor.secrets().pending()));
    }

    static boolean isPair(SimCluster one, SimCluster other) {
        Held here = one.disk().held(other.asPeer()).orElse(null);
        Held there = other.disk().held(one.asPeer()).orElse(null);
        return here != null
                && there != null
                && here.peering().isActive()
                && there.peering().isActive()
                && knowEachOther(here, there);
    }

    private int live(SimCluster cluster, SimCluster peer) {
        return (int) network.live().stream()
                .filter(link -> link.cluster() == cluster && link.peer().equals(peer.asPeer()))
                .count();
    }

    private static StreamStatus status(SimCluster cluster, Peering peering) {
        return cluster.hot()
                .statuses()
                .get(PartitionName.DEFAULT, peering.id())
                .await()
                .indefinitely()
                .orElse(StreamStatus.NONE);
    }

    private static InMemoryHotState hot(SimCluster cluster) {
        return cluster.hot().log().state(PartitionName.DEFAULT).orElseThrow();
    }

    private void expect(String what, @Nullable Object expected, @Nullable Object found) {
        if (!java.util.Objects.equals(expected, found)) {
            problems.add(what + ": expected " + expected + ", found " + found);
        }
    }
}
