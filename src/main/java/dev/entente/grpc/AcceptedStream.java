package dev.entente.grpc;

import dev.entente.domain.stream.StreamMessage;
import dev.entente.engine.port.StreamEnd;
import dev.entente.engine.port.StreamLink;
import dev.entente.engine.port.StreamListener;
import dev.entente.grpc.wire.peerstream.ReplicationMessage;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
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
        BY_PEER
    }

    private final ServerCall<ReplicationMessage, ReplicationMessage> call;
    private final StreamCodec codec;
    private final SendBudget budget = new SendBudget();
    private final AtomicReference<Ending> ending = new AtomicReference<>(Ending.OPEN);
    private boolean headersSent;

    AcceptedStream(ServerCall<ReplicationMessage, ReplicationMessage> call, StreamCodec codec) {
        this.call = call;
        this.codec = codec;
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
    public boolean isReady() {
        return call.isReady();
    }

    @Override
    public void request() {
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
        private final StreamListener engine;

        Inbound(StreamListener engine) {
            this.engine = engine;
        }

        @Override
        public void onMessage(ReplicationMessage message) {
            engine.onMessage(codec.decode(message));
        }

        @Override
        public void onReady() {
            engine.onReady();
        }

        @Override
        public void onHalfClose() {
            engine.onEnd();
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
            Ending by = ending.getAndUpdate(now -> now == Ending.OPEN ? Ending.BY_PEER : now);
            if (by == Ending.OPEN) {
                engine.onFailure(unlessKnown);
            } else if (by == Ending.BY_LIMIT) {
                engine.onFailure(new StreamEnd(StreamEnd.RESOURCE_EXHAUSTED, SendBudget.exhausted()));
            }
        }
    }
}
