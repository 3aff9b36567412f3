package dev.entente.domain.stream;

import java.time.Duration;

/**
 * The times and sizes of a conversation.
 *
 * @param heartbeatInterval between two heartbeats that we send
 * @param heartbeatTimeout without a heartbeat of the other side until the stream is given up
 * @param openTimeout how long a stream may take until its first message, or a connection until it stands
 * @param drainTimeout how long the other side may take to end a stream that we have said goodbye on
 * @param sendBatch how many instances go out each time the transport says that it takes more; bounds what it has to buffer
 */
public record StreamSettings(
        Duration heartbeatInterval,
        Duration heartbeatTimeout,
        Duration openTimeout,
        Duration drainTimeout,
        int sendBatch) {
    /** The protocol's values (chapters 3.6 and 13) and our own bounds. */
    public static final StreamSettings DEFAULT = new StreamSettings(
            Duration.ofSeconds(15), Duration.ofSeconds(120), Duration.ofSeconds(20), Duration.ofSeconds(10), 64);

    public StreamSettings {
        if (sendBatch < 1 || heartbeatInterval.isNegative() || heartbeatInterval.isZero()) {
            throw new IllegalArgumentException("a stream needs a positive heartbeat interval and send batch");
        }
    }
}
