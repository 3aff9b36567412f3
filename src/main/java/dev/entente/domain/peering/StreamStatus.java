package dev.entente.domain.peering;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a peering's stream on any replica (protocol chapter 3.8).
 *
 * @param connected whether a live stream is held by some replica
 * @param lastError why the last stream ended; null when it has not ended or ended gracefully
 * @param imported names of the last accepted list; null before the first
 * @param exported names of the last list sent; null before the first
 */
public record StreamStatus(
        boolean connected,
        @Nullable String lastError,
        @Nullable List<String> imported,
        @Nullable List<String> exported,
        @Nullable Instant lastHeartbeat,
        @Nullable Instant lastReceive,
        @Nullable Instant lastSend,
        @Nullable Instant lastAck,
        @Nullable Instant lastNack) {

    /** The status of a peering of whose stream nothing is known. */
    public static final StreamStatus NONE = new StreamStatus(false, null, null, null, null, null, null, null, null);

    /** The state that clients see, given the stored one: the stream's word goes before the record's. */
    public PeeringState shown(PeeringState stored) {
        if (connected) {
            return PeeringState.ACTIVE;
        }
        return lastError == null ? stored : PeeringState.FAILING;
    }
}
