package dev.entente.engine.peering;

import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.PeeringId;
import dev.entente.domain.peering.Peering;
import dev.entente.domain.peering.StreamStatus;
import dev.entente.engine.peering.Peerings.Shown;
import dev.entente.engine.port.StoreUnavailableException;
import dev.entente.engine.port.StreamStatuses;
import dev.entente.engine.view.PartitionView;
import dev.entente.engine.view.View;
import io.smallrye.mutiny.Uni;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Peerings as they are shown: the record from the view with the word of its stream (protocol chapter 3.8), the same on every
 * replica. While the statuses cannot be had, the records are shown alone.
 */
public final class PeeringReads {
    private final View view;
    private final StreamStatuses statuses;

    public PeeringReads(View view, StreamStatuses statuses) {
        this.view = view;
        this.statuses = statuses;
    }

    Uni<Optional<Shown>> one(PartitionName partition, PeerName name) {
        return record(partition, name)
                .map(peering ->
                        statusOf(partition, peering.value().id()).map(status -> Optional.of(shown(peering, status))))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
    }

    /** All peerings of the partition, by name without case. */
    Uni<List<Shown>> all(PartitionName partition) {
        List<Indexed<Peering>> peerings = view.partition(partition)
                .map(PartitionView::peerings)
                .map(found -> found.value())
                .orElse(List.of());
        return statuses.all(partition)
                .onFailure(StoreUnavailableException.class)
                .recoverWithItem(Map.of())
                .map(known -> peerings.stream()
                        .map(peering -> shown(
                                peering, known.getOrDefault(peering.value().id(), StreamStatus.NONE)))
                        .sorted(Comparator.comparing(
                                shown -> shown.peering().value().name().key()))
                        .toList());
    }

    /** What the stream of a peering says; {@link StreamStatus#NONE} also when there is no such peering. */
    Uni<StreamStatus> status(PartitionName partition, PeerName name) {
        return record(partition, name)
                .map(peering -> statusOf(partition, peering.value().id()))
                .orElseGet(() -> Uni.createFrom().item(StreamStatus.NONE));
    }

    private Optional<Indexed<Peering>> record(PartitionName partition, PeerName name) {
        return view.partition(partition).flatMap(known -> known.peering(name));
    }

    private Uni<StreamStatus> statusOf(PartitionName partition, PeeringId id) {
        return statuses.get(partition, id)
                .onFailure(StoreUnavailableException.class)
                .recoverWithItem(Optional.empty())
                .map(status -> status.orElse(StreamStatus.NONE));
    }

    private static Shown shown(Indexed<Peering> stored, StreamStatus status) {
        Peering peering = stored.value();
        return new Shown(
                new Indexed<>(
                        peering.shownAs(status.shown(peering.state())), stored.createIndex(), stored.modifyIndex()),
                status);
    }
}
