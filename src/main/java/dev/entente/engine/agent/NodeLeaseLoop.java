package dev.entente.engine.agent;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.CheckReport;
import dev.entente.engine.port.CheckReports;
import dev.entente.engine.port.EventLoop;
import dev.entente.engine.port.Lease;
import dev.entente.engine.port.Leases;
import dev.entente.engine.port.NodeClaim;
import dev.entente.engine.view.PartitionView;
import dev.entente.engine.view.View;
import io.smallrye.mutiny.Uni;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds the name of this replica's node (architecture §4): takes the node's lease, puts the node into the catalog, and renews the
 * lease until it is given back.
 *
 * <p>A lease that a killed process left is waited out; one that stays held belongs to a live process, and then the start fails.
 */
public final class NodeLeaseLoop implements NodeClaim {
    /** How long a node is taken for alive after its last sign of life. */
    static final Duration VALIDITY = Duration.ofSeconds(6);

    private static final Duration RENEWAL = Duration.ofSeconds(2);
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final int ATTEMPTS = 24;
    private static final System.Logger LOG = System.getLogger(NodeLeaseLoop.class.getName());

    private final Leases leases;
    private final OwnNodeStore own;
    private final CheckReports reports;
    private final View view;
    private final EventLoop loop;
    private final AgentSettings settings;
    private EventLoop.Timer timer = () -> {};
    private @Nullable Lease lease;
    private boolean left;

    public NodeLeaseLoop(
            Leases leases, OwnNodeStore own, CheckReports reports, View view, EventLoop loop, AgentSettings settings) {
        this.leases = leases;
        this.own = own;
        this.reports = reports;
        this.view = view;
        this.loop = loop;
        this.settings = settings;
    }

    /** The name of the lease of a node. */
    static String leaseOf(String node) {
        return "node/" + node;
    }

    /** Completes when the node is ours and visible; fails when another live process has its name. */
    public Uni<Void> start() {
        return acquire(ATTEMPTS)
                .invoke(held -> loop.execute(() -> hold(held)))
                .chain(held -> own.addNode())
                .chain(this::reportAlive);
    }

    /** Gives the name back, and leaves all else as it is: the same name may come again. */
    public Uni<Void> leave() {
        return Uni.createFrom()
                .<Optional<Lease>>emitter(emitter -> loop.execute(() -> {
                    left = true;
                    timer.cancel();
                    emitter.complete(Optional.ofNullable(lease));
                }))
                .chain(held -> held.map(given -> leases.release(PartitionName.DEFAULT, given))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    /** Asks the store: what this process believes may have lapsed while it stood still. */
    @Override
    public Uni<Boolean> isHeld() {
        return leases.holder(PartitionName.DEFAULT, leaseOf(settings.nodeName()))
                .map(holder -> holder.filter(settings.owner()::equals).isPresent());
    }

    private Uni<Lease> acquire(int attempts) {
        return leases.acquire(PartitionName.DEFAULT, leaseOf(settings.nodeName()), settings.owner(), VALIDITY)
                .chain(taken -> taken.map(held -> Uni.createFrom().item(held)).orElseGet(() -> retry(attempts - 1)));
    }

    private Uni<Lease> retry(int attempts) {
        if (attempts == 0) {
            return Uni.createFrom().failure(new NodeNameTakenException(settings.nodeName()));
        }
        return Uni.createFrom()
                .<Boolean>emitter(emitter -> loop.after(RETRY, () -> emitter.complete(true)))
                .chain(waited -> acquire(attempts));
    }

    private void hold(Lease held) {
        lease = held;
        if (!left) {
            timer.cancel();
            timer = loop.every(RENEWAL, this::renew);
        }
    }

    private void renew() {
        Lease held = lease;
        if (held == null || left) {
            return;
        }
        leases.renew(PartitionName.DEFAULT, held, VALIDITY)
                .chain(kept -> kept ? Uni.createFrom().item(Optional.of(held)) : regain())
                .call(kept ->
                        kept.isPresent() ? keepVisible() : Uni.createFrom().voidItem())
                .subscribe()
                .with(
                        kept -> kept.ifPresent(now -> loop.execute(() -> lease = now)),
                        failure -> LOG.log(Level.DEBUG, "node lease not renewed, trying again", failure));
    }

    private Uni<Optional<Lease>> regain() {
        return leases.acquire(PartitionName.DEFAULT, leaseOf(settings.nodeName()), settings.owner(), VALIDITY)
                .invoke(taken -> {
                    if (taken.isEmpty()) {
                        LOG.log(Level.ERROR, "another process holds this node's name: node={0}", settings.nodeName());
                    }
                });
    }

    /** What somebody took out of the catalog comes back, as a Consul agent's own entries do. */
    private Uni<Void> keepVisible() {
        PartitionView contents = view.defaultPartition();
        boolean complete = contents.serviceOn(settings.nodeName(), OwnNode.CONSUL_SERVICE)
                        .isPresent()
                && contents.check(settings.nodeName(), Check.SERF_HEALTH).isPresent();
        return complete ? reportAlive() : own.addNode().chain(this::reportAlive);
    }

    private Uni<Void> reportAlive() {
        return reports.report(
                PartitionName.DEFAULT,
                settings.nodeName(),
                Check.SERF_HEALTH,
                new CheckReport(Check.PASSING, OwnNode.ALIVE, 0));
    }
}
