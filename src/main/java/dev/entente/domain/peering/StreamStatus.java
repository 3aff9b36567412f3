package dev.entente.domain.peering;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a peering's stream on any replica (protocol chapter 3.8).
 *
 * @param connected whether a live stream is held by some replica
 * @param lastError why the last stream ended; null when it has not ended or ended gracefully
 * @param imported names of the last accepted list; null before the first
 * @param exported names of the last list sent; null before the first
 * @param disconnectedAt when the last stream ended; null while there is one, and where it is not known
 * @param lastStored when something received was last stored
 * @param lastReceiveError when something received was last refused
 * @param withheld names of exported services that are not sent as they are, because the peer does not take messages of their size;
 *     null when there are none
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
        @Nullable Instant lastNack,
        @Nullable Instant disconnectedAt,
        @Nullable Instant lastStored,
        @Nullable Instant lastReceiveError,
        @Nullable List<String> withheld) {

    /** A status whose end and stores are not known. */
    public StreamStatus(
            boolean connected,
            @Nullable String lastError,
            @Nullable List<String> imported,
            @Nullable List<String> exported,
            @Nullable Instant lastHeartbeat,
            @Nullable Instant lastReceive,
            @Nullable Instant lastSend,
            @Nullable Instant lastAck,
            @Nullable Instant lastNack) {
        this(
                connected,
                lastError,
                imported,
                exported,
                lastHeartbeat,
                lastReceive,
                lastSend,
                lastAck,
                lastNack,
                null,
                null,
                null,
                null);
    }

    /** The status of a peering of whose stream nothing is known. */
    public static final StreamStatus NONE = new StreamStatus(false, null, null, null, null, null, null, null, null);

    /** The state that clients see, given the stored one: the stream's word goes before the record's. */
    public PeeringState shown(PeeringState stored) {
        if (connected) {
            return PeeringState.ACTIVE;
        }
        return lastError == null ? stored : PeeringState.FAILING;
    }

    /** The status when the stream is over; everything else that is known of it stays. */
    public StreamStatus ended(@Nullable String error, @Nullable Instant at) {
        return new StreamStatus(
                false,
                error,
                imported,
                exported,
                lastHeartbeat,
                lastReceive,
                lastSend,
                lastAck,
                lastNack,
                at,
                lastStored,
                lastReceiveError,
                withheld);
    }

    /** The same status, with the services that are too large for the peer. */
    public StreamStatus withholding(Collection<String> services) {
        return new StreamStatus(
                connected,
                lastError,
                imported,
                exported,
                lastHeartbeat,
                lastReceive,
                lastSend,
                lastAck,
                lastNack,
                disconnectedAt,
                lastStored,
                lastReceiveError,
                services.isEmpty() ? null : services.stream().sorted().toList());
    }
}
