package dev.entente.engine.replication;

import dev.entente.domain.peering.Peering;
import dev.entente.engine.port.Lease;
import dev.entente.engine.port.Leases;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Takes a lease that a stream is held under.
 *
 * <p>Each stream and each dial loop takes as an owner of its own: else what an earlier one of this replica gives back late would be
 * taken away from a later one. The owner tells the run of which node it belongs to, so that a replica that was killed and is back does
 * not wait for what died with it.
 */
final class LeaseTaker {
    private static final String SEPARATOR = "/";
    private static final Pattern RUN_AND_OWN_PART = Pattern.compile("[^/]+/[^/]+");

    private final Replication common;
    private final Leases leases;
    private final String ofThisNode;
    private final String ofThisRun;
    private final String owner;

    LeaseTaker(Replication common) {
        this.common = common;
        this.leases = common.ports().leases();
        this.ofThisNode = common.cluster().node() + SEPARATOR;
        this.ofThisRun = ofThisNode + common.cluster().run() + SEPARATOR;
        this.owner = ofThisRun + common.ports().ids().uuid();
    }

    /** Empty when another stream holds it, here or on a replica that may live. */
    Uni<Optional<Lease>> take(Peering peering, String name) {
        return leases.acquire(peering.partition(), name, owner, validity())
                .chain(taken -> taken.isPresent() ? Uni.createFrom().item(taken) : succeed(peering, name));
    }

    private Uni<Optional<Lease>> succeed(Peering peering, String name) {
        return leases.holder(peering.partition(), name)
                .chain(holder -> holder.filter(this::isOfAnotherRun)
                        .map(other -> succeed(peering, name, other))
                        .orElseGet(LeaseTaker::nothing));
    }

    /** Of two runs of a node the one that has its name lives; one that stood still and lost the name takes nothing. */
    private Uni<Optional<Lease>> succeed(Peering peering, String name, String other) {
        return common.ports()
                .claim()
                .isHeld()
                .chain(held -> held ? leases.succeed(peering.partition(), name, other, owner, validity()) : nothing());
    }

    /** The name of a node may itself have the separator; a run and what follows it have none. */
    private boolean isOfAnotherRun(String holder) {
        return holder.startsWith(ofThisNode)
                && !holder.startsWith(ofThisRun)
                && RUN_AND_OWN_PART
                        .matcher(holder.substring(ofThisNode.length()))
                        .matches();
    }

    private Duration validity() {
        return common.settings().leaseValidity();
    }

    private static Uni<Optional<Lease>> nothing() {
        return Uni.createFrom().item(Optional.empty());
    }
}
