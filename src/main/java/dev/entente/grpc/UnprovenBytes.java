package dev.entente.grpc;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Counts what a call has sent while nobody has vouched for its caller, and tells when that is too much.
 *
 * <p>Why a tracer: gRPC has one limit for the messages of all calls, and it has to be as large as the largest message of a peer. A
 * tracer hears of bytes as they arrive, before a message is complete. All of it runs on the event loop of the connection, but for
 * {@link #proven}.
 */
final class UnprovenBytes extends ServerStreamTracer {
    private static final Context.Key<UnprovenBytes> OF_CALL = Context.key("unproven bytes");

    private final long limit;
    private final AtomicBoolean bounded = new AtomicBoolean(true);
    private long read;
    private Runnable onExceeded = () -> {};

    private UnprovenBytes(long limit) {
        this.limit = limit;
    }

    /** One counter for each call. */
    static ServerStreamTracer.Factory counters() {
        return new ServerStreamTracer.Factory() {
            @Override
            public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
                return new UnprovenBytes(Limits.MAX_UNPROVEN);
            }
        };
    }

    /** The counter of the call that begins on this thread. */
    static Optional<UnprovenBytes> ofCall() {
        return Optional.ofNullable(OF_CALL.get());
    }

    /** What to do, once, when it is too much. */
    void whenExceeded(Runnable cut) {
        onExceeded = cut;
    }

    /** The caller is known from now on. */
    void proven() {
        bounded.set(false);
    }

    @Override
    public Context filterContext(Context context) {
        return context.withValue(OF_CALL, this);
    }

    @Override
    public void inboundWireSize(long bytes) {
        read += bytes;
        if (read > limit && bounded.compareAndSet(true, false)) {
            onExceeded.run();
        }
    }
}
