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
import java.util.function.LongSupplier;

/** Stream statuses in memory; a connected one lapses by a clock of the test's. */
public final class InMemoryStreamStatuses implements StreamStatuses {
    private static final String REPLICA_GONE = "the replica that held the stream is gone";

    private final LongSupplier nanoTime;
    private final Map<PeeringId, Kept> held = new HashMap<>();
    private int writes;

    private record Kept(StreamStatus status, long until) {}

    /** Statuses that do not lapse. */
    public InMemoryStreamStatuses() {
        this(() -> 0);
    }

    public InMemoryStreamStatuses(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** How often a status was written. */
    public int writes() {
        return writes;
    }

    /** The store comes back empty. */
    public void loseEverything() {
        held.clear();
    }

    @Override
    public Uni<Void> put(PartitionName partition, PeeringId peering, StreamStatus status, Duration validity) {
        return Uni.createFrom().item(() -> {
            writes++;
            held.put(peering, new Kept(status, nanoTime.getAsLong() + validity.toNanos()));
            return null;
        });
    }

    @Override
    public Uni<Optional<StreamStatus>> get(PartitionName partition, PeeringId peering) {
        return Uni.createFrom()
                .item(() -> Optional.ofNullable(held.get(peering)).map(this::shown));
    }

    @Override
    public Uni<Map<PeeringId, StreamStatus>> all(PartitionName partition) {
        return Uni.createFrom().item(() -> {
            Map<PeeringId, StreamStatus> all = new HashMap<>();
            held.forEach((id, kept) -> all.put(id, shown(kept)));
            return all;
        });
    }

    @Override
    public Uni<Void> remove(PartitionName partition, PeeringId peering) {
        return Uni.createFrom().item(() -> {
            held.remove(peering);
            return null;
        });
    }

    private StreamStatus shown(Kept kept) {
        StreamStatus s = kept.status();
        if (!s.connected() || nanoTime.getAsLong() < kept.until()) {
            return s;
        }
        return s.ended(REPLICA_GONE, null);
    }
}
