package dev.entente.grpc;

import dev.entente.domain.stream.StreamMessage;
import dev.entente.engine.port.StreamEnd;
import dev.entente.engine.port.StreamListener;
import dev.entente.grpc.wire.peerstream.ReplicationMessage;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BooleanSupplier;

/**
 * Hands to the engine what arrives on one stream, in the order of its arrival, although large messages are decoded away from the
 * event loop: what comes behind one of these waits for it, and the loop goes on with its other streams.
 *
 * <p>Bounded, because messages only come when the engine asks for one, and it asks when it has dealt with the last; behind that there
 * is at most the end of the stream. That the transport is ready has nothing to do with what is read, and waits for nothing.
 */
final class InboundOrder {
    private final StreamListener engine;
    private final StreamCodec codec;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean decoding;

    InboundOrder(StreamListener engine, StreamCodec codec) {
        this.engine = engine;
        this.codec = codec;
    }

    /**
     * A message has arrived.
     *
     * @param wanted whether it is still to be told to the engine when its turn has come
     */
    void message(ReplicationMessage wire, BooleanSupplier wanted) {
        inTurn(() -> take(wire, wanted));
    }

    void ready() {
        engine.onReady();
    }

    void end() {
        inTurn(engine::onEnd);
    }

    void failure(StreamEnd end) {
        inTurn(() -> engine.onFailure(end));
    }

    /** The engine only enqueues, so nobody holds the lock for long. */
    private synchronized void inTurn(Runnable event) {
        if (decoding) {
            waiting.add(event);
        } else {
            event.run();
        }
    }

    private void take(ReplicationMessage wire, BooleanSupplier wanted) {
        if (!wanted.getAsBoolean()) {
            return;
        }
        if (codec.isLarge(wire)) {
            decoding = true;
            codec.offLoop(() -> decode(wire, wanted));
        } else {
            engine.onMessage(codec.decode(wire));
        }
    }

    /** Whatever happens, what waits behind it has its turn. */
    private void decode(ReplicationMessage wire, BooleanSupplier wanted) {
        try {
            StreamMessage message = codec.decode(wire);
            goOn(() -> tell(message, wanted));
        } catch (RuntimeException e) {
            goOn(() -> engine.onFailure(new StreamEnd(StreamEnd.INTERNAL, "a message could not be read: " + e)));
        }
    }

    private void tell(StreamMessage message, BooleanSupplier wanted) {
        if (wanted.getAsBoolean()) {
            engine.onMessage(message);
        }
    }

    private synchronized void goOn(Runnable decoded) {
        decoding = false;
        decoded.run();
        while (!decoding && !waiting.isEmpty()) {
            waiting.remove().run();
        }
    }
}
