package dev.entente.engine.agent;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.CheckReport;
import dev.entente.engine.port.CheckReports;
import dev.entente.engine.port.EventLoop;
import dev.entente.engine.port.Leases;
import dev.entente.engine.view.PartitionView;
import dev.entente.engine.view.View;
import io.smallrye.mutiny.Uni;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Judges which replicas are alive by their nodes' leases, and sets their {@code serfHealth} (architecture §4). Whichever replica
 * holds the lease for it does so for all.
 *
 * <p>A node is dead when its lease was seen missing in several rounds, over some seconds: a store that lost its leases gets them back
 * within that time. A store that does not answer proves nothing. One that stays dead for long is taken out of the catalog, and its
 * services with it.
 */
public final class LivenessLoop {
    private static final Duration PERIOD = Duration.ofSeconds(1);
    /** Shorter than a node's lease, so that a judge that died is followed by another in time for its own node. */
    private static final Duration VALIDITY = Duration.ofSeconds(4);

    private static final int SIGHTINGS = 3;
    private static final String LEASE = "liveness";
    private static final System.Logger LOG = System.getLogger(LivenessLoop.class.getName());

    private final Leases leases;
    private final CheckReports reports;
    private final View view;
    private final EventLoop loop;
    private final String owner;
    private final Reaping reaping;
    /** How many times in a row a node was seen without a lease; touched by one round at a time. */
    private final Map<String, Integer> missing = new HashMap<>();

    private EventLoop.Timer timer = () -> {};
    private boolean busy;

    /** When a dead node goes, and how. */
    public record Reaping(LongDead longDead, DeadNodes nodes) {}

    public LivenessLoop(Leases leases, CheckReports reports, View view, EventLoop loop, String owner, Reaping reaping) {
        this.reaping = reaping;
        this.leases = leases;
        this.reports = reports;
        this.view = view;
        this.loop = loop;
        this.owner = owner;
    }

    /** Begins to judge; once. */
    public void start() {
        timer = loop.every(PERIOD, this::round);
    }

    public void stop() {
        timer.cancel();
    }

    private void round() {
        if (busy) {
            return;
        }
        busy = true;
        reaping.longDead().note(deadNodes());
        leases.acquire(PartitionName.DEFAULT, LEASE, owner, VALIDITY)
                .chain(held -> held.isPresent() ? judgeAll() : standBy())
                .subscribe()
                .with(
                        done -> loop.execute(() -> busy = false),
                        failure -> loop.execute(() -> {
                            busy = false;
                            missing.clear();
                            LOG.log(Level.DEBUG, "liveness of nodes not known, trying again", failure);
                        }));
    }

    private Uni<Void> standBy() {
        missing.clear();
        return Uni.createFrom().voidItem();
    }

    private Uni<Void> judgeAll() {
        Set<String> names = new HashSet<>();
        partitions().forEach(partition -> names.addAll(replicaNodes(partition)));
        missing.keySet().retainAll(names);
        Uni<Void> judged = Uni.createFrom().voidItem();
        for (String name : names) {
            judged = judged.chain(() -> judge(name));
        }
        return judged.chain(this::reap);
    }

    private Uni<Void> reap() {
        Uni<Void> reaped = Uni.createFrom().voidItem();
        for (String node : reaping.longDead().overdue()) {
            LOG.log(Level.INFO, "dead for too long, taken out of the catalog: node={0}", node);
            reaped = reaped.chain(() -> reaping.nodes().remove(node));
        }
        return reaped;
    }

    private Set<String> deadNodes() {
        Set<String> dead = new HashSet<>();
        for (PartitionView partition : partitions()) {
            replicaNodes(partition).stream()
                    .filter(node -> partition
                            .check(node, Check.SERF_HEALTH)
                            .filter(check -> check.value().status().equals(Check.CRITICAL))
                            .isPresent())
                    .forEach(dead::add);
        }
        return dead;
    }

    private Uni<Void> judge(String node) {
        return leases.holder(PartitionName.DEFAULT, NodeLeaseLoop.leaseOf(node))
                .chain(holder -> holder.isPresent() ? alive(node) : notSeen(node));
    }

    private Uni<Void> alive(String node) {
        missing.remove(node);
        return report(node, new CheckReport(Check.PASSING, OwnNode.ALIVE, 0));
    }

    private Uni<Void> notSeen(String node) {
        int times = missing.merge(node, 1, Integer::sum);
        return times < SIGHTINGS
                ? Uni.createFrom().voidItem()
                : report(node, new CheckReport(Check.CRITICAL, OwnNode.NOT_ALIVE, 0));
    }

    private Uni<Void> report(String node, CheckReport report) {
        Uni<Void> reported = Uni.createFrom().voidItem();
        for (PartitionView partition : partitions()) {
            if (replicaNodes(partition).contains(node)) {
                reported = reported.chain(() -> reports.report(partition.partition(), node, Check.SERF_HEALTH, report));
            }
        }
        return reported;
    }

    private List<PartitionView> partitions() {
        return view.partitions().stream()
                .flatMap(name -> view.partition(name).stream())
                .toList();
    }

    /** The nodes that a replica put there: others are somebody else's to judge. */
    private static Collection<String> replicaNodes(PartitionView partition) {
        return partition.nodes(null).value().stream()
                .map(Indexed::value)
                .filter(node -> node.meta().containsKey(OwnNode.REPLICA_META))
                .map(Node::name)
                .filter(name -> partition.check(name, Check.SERF_HEALTH).isPresent())
                .toList();
    }
}
