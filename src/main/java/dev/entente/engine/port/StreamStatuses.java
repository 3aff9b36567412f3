package dev.entente.engine.port;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeeringId;
import dev.entente.domain.peering.StreamStatus;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What each replica knows of its streams, readable by all (protocol chapter 3.8). */
public interface StreamStatuses {

    /** Writes the status; a connected one turns into a disconnected one with an error when not renewed within the validity. */
    Uni<Void> put(PartitionName partition, PeeringId peering, StreamStatus status, Duration validity);

    Uni<Optional<StreamStatus>> get(PartitionName partition, PeeringId peering);

    Uni<Map<PeeringId, StreamStatus>> all(PartitionName partition);

    /** Forgets a peering. */
    Uni<Void> remove(PartitionName partition, PeeringId peering);
}
