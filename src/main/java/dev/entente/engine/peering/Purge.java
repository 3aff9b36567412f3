package dev.entente.engine.peering;

import dev.entente.domain.identity.PeeringId;
import dev.entente.domain.peering.Peering;
import dev.entente.domain.peering.PeeringState;
import dev.entente.domain.peering.RemovePeering;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.Lease;
import dev.entente.engine.port.Leases;
import dev.entente.engine.port.PeerScope;
import dev.entente.engine.port.PeeringStore;
import dev.entente.engine.port.StreamStatuses;
import dev.entente.engine.view.PartitionView;
import dev.entente.engine.view.Publisher;
import dev.entente.engine.view.View;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Clears away what a peering leaves that is DELETING or TERMINATED (protocol chapter 7.2): first what was imported and the trust
 * bundle, then, when it is DELETING, the status of its stream and the record.
 *
 * <p>Every step can be repeated, and the record goes last: whoever finds it continues, on any replica. A lease keeps two replicas from
 * doing the same work, not from doing harm.
 */
public final class Purge {
    /** Long enough for all steps; a replica that dies holds the others up for no longer. */
    private static final Duration LEASE = Duration.ofSeconds(15);

    /** How many peerings are purged side by side: each may have to wait for its stream. */
    private static final int AT_ONCE = 8;

    private final Ports ports;
    private final PeeringWrites writes;
    private final StreamFarewell farewell;
    private final String replica;

    /** What the purge needs of the outside. */
    public record Ports(View view, Publisher publisher, PeeringStore store, StreamStatuses statuses, Leases leases) {}

    /**
     * @param replica the name of this replica, unique among the living
     */
    public Purge(Ports ports, PeeringWrites writes, StreamFarewell farewell, String replica) {
        this.ports = ports;
        this.writes = writes;
        this.farewell = farewell;
        this.replica = replica;
    }

    /** Purges all that needs it; what fails does not keep the others from it, and is met again by the next pass. */
    Uni<Void> sweep() {
        return Multi.createFrom()
                .items(() -> ports.view().partitions().stream().flatMap(name -> ports.view().partition(name).stream()))
                .onItem()
                .transformToMultiAndConcatenate(view -> Multi.createFrom().iterable(leftovers(view)))
                .onItem()
                .transformToUni(this::purge)
                .collectFailures()
                .merge(AT_ONCE)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** A TERMINATED record stays until the user deletes it, so it needs nothing once its imports are gone. */
    private static List<Peering> leftovers(PartitionView view) {
        return view.peerings().value().stream()
                .map(found -> found.value())
                .filter(peering -> peering.state() == PeeringState.DELETING
                        || (peering.state() == PeeringState.TERMINATED && hasImports(view, peering)))
                .toList();
    }

    private static boolean hasImports(PartitionView view, Peering peering) {
        return view.importedCounts().getOrDefault(peering.name().key(), 0) > 0;
    }

    private Uni<Void> purge(Peering peering) {
        return ports.leases()
                .acquire(peering.partition(), PeeringLeases.purge(peering.id()), replica, LEASE)
                .chain(lease -> lease.map(held -> purge(peering, held))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private Uni<Void> purge(Peering peering, Lease lease) {
        return farewell.said(peering)
                .chain(() -> stored(peering.id()))
                .chain(found ->
                        found.map(this::clear).orElseGet(() -> Uni.createFrom().voidItem()))
                .eventually(() -> ports.leases().release(peering.partition(), lease));
    }

    /** The record as it is now: the view may be older than a token that brought the peering back. */
    private Uni<Optional<PeeringStore.Held>> stored(PeeringId id) {
        return ports.store()
                .byId(id)
                .map(held -> held.filter(found -> !found.peering().isActive()));
    }

    private Uni<Void> clear(PeeringStore.Held held) {
        Peering peering = held.peering();
        Uni<Void> imports = dropImports(held);
        if (peering.state() == PeeringState.TERMINATED) {
            return imports;
        }
        return imports.chain(() -> ports.statuses().remove(peering.partition(), peering.id()))
                .chain(() -> writes.perform(peering.partition(), peering.name(), new RemovePeering(peering.id())))
                .replaceWithVoid();
    }

    /** The version of the record keeps a new token's peering from being cleared, should this come late. */
    private Uni<Void> dropImports(PeeringStore.Held held) {
        Peering peering = held.peering();
        PeerScope peer = new PeerScope(peering.name(), peering.id());
        return ports.publisher().publish(peering.partition(), List.of(Change.importsDropped(peer, held.modifyIndex())));
    }
}
