package dev.entente.domain.stream;

import dev.entente.domain.peering.StreamStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a conversation notes down for readers of the peering (protocol chapter 3.8). */
record Journal(StreamStatus status) {

    /** The first page of a new stream. */
    static Journal connected() {
        return new Journal(new StreamStatus(true, null, null, null, null, null, null, null, null));
    }

    Journal heartbeat(Instant now) {
        StreamStatus s = status;
        return with(
                s.connected(),
                s.lastError(),
                s.imported(),
                s.exported(),
                now,
                now,
                s.lastSend(),
                s.lastAck(),
                s.lastNack());
    }

    Journal received(Instant now) {
        StreamStatus s = status;
        return with(
                s.connected(),
                s.lastError(),
                s.imported(),
                s.exported(),
                s.lastHeartbeat(),
                now,
                s.lastSend(),
                s.lastAck(),
                s.lastNack());
    }

    Journal imported(List<String> names) {
        StreamStatus s = status;
        return with(
                s.connected(),
                s.lastError(),
                List.copyOf(names),
                s.exported(),
                s.lastHeartbeat(),
                s.lastReceive(),
                s.lastSend(),
                s.lastAck(),
                s.lastNack());
    }

    Journal exported(List<String> names) {
        StreamStatus s = status;
        return with(
                s.connected(),
                s.lastError(),
                s.imported(),
                names,
                s.lastHeartbeat(),
                s.lastReceive(),
                s.lastSend(),
                s.lastAck(),
                s.lastNack());
    }

    Journal sent(Instant now) {
        StreamStatus s = status;
        return with(
                s.connected(),
                s.lastError(),
                s.imported(),
                s.exported(),
                s.lastHeartbeat(),
                s.lastReceive(),
                now,
                s.lastAck(),
                s.lastNack());
    }

    Journal acknowledged(Instant now) {
        StreamStatus s = status;
        return with(
                s.connected(),
                s.lastError(),
                s.imported(),
                s.exported(),
                s.lastHeartbeat(),
                s.lastReceive(),
                s.lastSend(),
                now,
                s.lastNack());
    }

    Journal refused(Instant now) {
        StreamStatus s = status;
        return with(
                s.connected(),
                s.lastError(),
                s.imported(),
                s.exported(),
                s.lastHeartbeat(),
                s.lastReceive(),
                s.lastSend(),
                s.lastAck(),
                now);
    }

    /** The last page: no stream any more, and why; no reason when it was ended on purpose. */
    Journal ended(@Nullable String error) {
        StreamStatus s = status;
        return with(
                false,
                error,
                s.imported(),
                s.exported(),
                s.lastHeartbeat(),
                s.lastReceive(),
                s.lastSend(),
                s.lastAck(),
                s.lastNack());
    }

    private static Journal with(
            boolean connected,
            @Nullable String lastError,
            @Nullable List<String> imported,
            @Nullable List<String> exported,
            @Nullable Instant lastHeartbeat,
            @Nullable Instant lastReceive,
            @Nullable Instant lastSend,
            @Nullable Instant lastAck,
            @Nullable Instant lastNack) {
        return new Journal(new StreamStatus(
                connected, lastError, imported, exported, lastHeartbeat, lastReceive, lastSend, lastAck, lastNack));
    }
}
