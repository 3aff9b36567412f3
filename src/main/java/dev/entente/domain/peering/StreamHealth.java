package dev.entente.domain.peering;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether a peering is well, as its metric says (protocol chapters 3.8 and 12). */
public final class StreamHealth {
    /** How long something may be wrong before it counts: as long as a stream may be silent. */
    private static final Duration THRESHOLD = Duration.ofMinutes(2);

    private StreamHealth() {}

    /** Empty when there never was a stream. */
    public static Optional<Boolean> of(StreamStatus status, Instant now) {
        if (status.equals(StreamStatus.NONE)) {
            return Optional.empty();
        }
        return Optional.of(!isLongGone(status, now) && !isRefusedByThem(status, now) && !isRefusedByUs(status, now));
    }

    private static boolean isLongGone(StreamStatus status, Instant now) {
        return !status.connected() && isLongAgo(lastSign(status), now);
    }

    private static boolean isRefusedByThem(StreamStatus status, Instant now) {
        return isAfter(status.lastNack(), status.lastAck()) && isLongAgo(status.lastAck(), now);
    }

    private static boolean isRefusedByUs(StreamStatus status, Instant now) {
        return isAfter(status.lastReceiveError(), status.lastStored()) && isLongAgo(status.lastReceiveError(), now);
    }

    /** A replica that died could not note when: then it was after everything that it did note. */
    private static @Nullable Instant lastSign(StreamStatus status) {
        Instant end = status.disconnectedAt();
        return end != null
                ? end
                : Stream.of(status.lastHeartbeat(), status.lastReceive(), status.lastSend(), status.lastAck())
                        .filter(Objects::nonNull)
                        .max(Instant::compareTo)
                        .orElse(null);
    }

    private static boolean isAfter(@Nullable Instant one, @Nullable Instant other) {
        return one != null && (other == null || one.isAfter(other));
    }

    /** What never was counts as long ago. */
    private static boolean isLongAgo(@Nullable Instant then, Instant now) {
        return then == null || now.isAfter(then.plus(THRESHOLD));
    }
}
