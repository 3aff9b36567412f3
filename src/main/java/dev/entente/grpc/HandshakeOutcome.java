package dev.entente.grpc;

import io.netty.util.concurrent.Future;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/** Why the last TLS handshake of a channel failed, if it did. Written by the connection's loop, read when a call has failed. */
final class HandshakeOutcome {
    private volatile @Nullable String error;

    void note(Future<?> handshake) {
        Throwable cause = handshake.cause();
        error = cause == null ? null : text(cause);
    }

    @Nullable
    String error() {
        return error;
    }

    /** The innermost message: what wraps it only repeats that the handshake failed. */
    private static String text(Throwable failure) {
        if (failure instanceof ClosedChannelException) {
            return "the other side closed the connection";
        }
        String text = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            text = cause.getMessage() == null ? text : cause.getMessage();
        }
        return text;
    }
}
