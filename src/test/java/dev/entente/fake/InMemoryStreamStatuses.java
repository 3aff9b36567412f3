package dev.entente.fake;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeeringId;
import dev.entente.domain.peering.StreamStatus;
import dev.entente.engine.port.StreamStatuses;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Stream statuses in memory; they do not lapse. */
public final class InMemoryStreamStatuses implements StreamStatuses {
    private final Map<PeeringId, StreamStatus> held = new HashMap<>();
    private int writes;

    /** How often a status was written. */
    public int writes() {
        return writes;
    }

    @Override
    public Uni<Void> put(PartitionName partition, PeeringId peering, StreamStatus status, Duration validity) {
        return Uni.createFrom().item(() -> {
            writes++;
            held.put(peering, status);
            return null;
        });
    }

    @Override
    public Uni<Optional<StreamStatus>> get(PartitionName partition, PeeringId peering) {
        return Uni.createFrom().item(() -> Optional.ofNullable(held.get(peering)));
    }

    @Override
    public Uni<Map<PeeringId, StreamStatus>> all(PartitionName partition) {
        return Uni.createFrom().item(() -> Map.copyOf(held));
    }

    @Override
    public Uni<Void> remove(PartitionName partition, PeeringId peering) {
        return Uni.createFrom().item(() -> {
            held.remove(peering);
            return null;
        });
    }
}
