package dev.entente.grpc;

import dev.entente.domain.stream.Resource;
import dev.entente.domain.stream.StreamMessage;
import dev.entente.engine.port.StreamEnd;
import dev.entente.engine.port.StreamLink;
import dev.entente.engine.port.StreamListener;
import dev.entente.grpc.wire.peerstream.ReplicationMessage;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Our end of a stream that a peer opened. The engine calls from its event loop and gRPC from the connection's; both only meet in how
 * the stream ended, which is decided once.
 */
final class AcceptedStream implements StreamLink {
    /** Who ended the call. */
    private enum Ending {
        OPEN,
        BY_ENGINE,
        BY_LIMIT,
        BY_SIZE,
        BY_PEER
    }

    /** Who opened the stream, as far as it can be told before its first message. */
    record Caller(WaitingRoom.Place place, Optional<UnprovenBytes> unproven, int largestMessage) {}

    private final ServerCall<ReplicationMessage, ReplicationMessage> call;
    private final StreamCodec codec;
    private final SendBudget budget = new SendBudget();
    private final AtomicReference<Ending> ending = new AtomicReference<>(Ending.OPEN);
    private final WaitingRoom.Place place;
    private final Optional<UnprovenBytes> unproven;
    private final int largest;
    private boolean headersSent;
    private boolean askedForOpen;

    /**
     * @param caller its place is left when the peer has shown who it is, or the stream is over
     */
    AcceptedStream(ServerCall<ReplicationMessage, ReplicationMessage> call, StreamCodec codec, Caller caller) {
        this.call = call;
        this.codec = codec;
        this.place = caller.place();
        this.unproven = caller.unproven();
        this.largest = caller.largestMessage();
        unproven.ifPresent(bytes -> bytes.whenExceeded(() -> close(Ending.BY_SIZE, UnprovenCalls.tooMuch())));
    }

    @Override
    public void send(StreamMessage message) {
        if (ending.get() != Ending.OPEN) {
            return;
        }
        ReplicationMessage wire = codec.encode(message);
        if (!budget.admits(call.isReady(), wire.getSerializedSize())) {
            cut(Ending.BY_LIMIT);
            return;
        }
        sendNow(wire);
    }

    private void sendNow(ReplicationMessage wire) {
        if (!headersSent) {
            headersSent = true;
            call.sendHeaders(new Metadata());
        }
        call.sendMessage(wire);
    }

    @Override
    public Optional<Uni<Void>> preparation(Collection<? extends Resource> content) {
        return codec.preparation(content);
    }

    @Override
    public boolean fits(StreamMessage message) {
        return codec.sizeOf(message) <= largest;
    }

    @Override
    public boolean isReady() {
        return call.isReady();
    }

    /** The engine asks for a second message only when the first has shown that the peer may talk to us. */
    @Override
    public void request() {
        if (askedForOpen) {
            unproven.ifPresent(UnprovenBytes::proven);
            place.leave();
        }
        askedForOpen = true;
        call.request(1);
    }

    @Override
    public void complete() {
        close(Ending.BY_ENGINE, Status.OK);
    }

    /** The status is told to a peer that reads; where much waits to be sent it would never get there. */
    @Override
    public void fail(StreamEnd end) {
        if (budget.isClogged(call.isReady())) {
            cut(Ending.BY_ENGINE);
        } else {
            close(Ending.BY_ENGINE, GrpcStatuses.of(end));
        }
    }

    private void cut(Ending by) {
        if (ending.compareAndSet(Ending.OPEN, by)) {
            sendNow(CuttableMessages.CUT);
        }
    }

    private void close(Ending by, Status status) {
        if (ending.compareAndSet(Ending.OPEN, by)) {
            call.close(status, new Metadata());
        }
    }

    /** What gRPC tells, passed on to the engine. */
    ServerCall.Listener<ReplicationMessage> inbound(StreamListener engine) {
        return new Inbound(engine);
    }

    private final class Inbound extends ServerCall.Listener<ReplicationMessage> {
        private final InboundOrder engine;

        Inbound(StreamListener engine) {
            this.engine = new InboundOrder(engine, codec);
        }

        @Override
        public void onMessage(ReplicationMessage message) {
            engine.message(message, () -> ending.get() == Ending.OPEN);
        }

        @Override
        public void onReady() {
            engine.ready();
        }

        @Override
        public void onHalfClose() {
            engine.end();
        }

        @Override
        public void onCancel() {
            over(new StreamEnd(
                    Status.Code.CANCELLED.value(), "the dialer cancelled the stream or the connection was lost"));
        }

        /** Also comes when gRPC itself refused what it read: bytes that are no message, or too many of them. */
        @Override
        public void onComplete() {
            over(new StreamEnd(
                    StreamEnd.INTERNAL, "the stream was closed because of a message that could not be read"));
        }

        private void over(StreamEnd unlessKnown) {
            place.leave();
            Ending by = ending.getAndUpdate(now -> now == Ending.OPEN ? Ending.BY_PEER : now);
            if (by == Ending.OPEN) {
                engine.failure(unlessKnown);
            } else if (by == Ending.BY_LIMIT) {
                engine.failure(new StreamEnd(StreamEnd.RESOURCE_EXHAUSTED, SendBudget.exhausted()));
            } else if (by == Ending.BY_SIZE) {
                engine.failure(GrpcStatuses.end(UnprovenCalls.tooMuch()));
            }
        }
    }
}
