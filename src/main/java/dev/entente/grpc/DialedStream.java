package dev.entente.grpc;

import dev.entente.domain.stream.Resource;
import dev.entente.domain.stream.StreamMessage;
import dev.entente.engine.port.StreamEnd;
import dev.entente.engine.port.StreamLink;
import dev.entente.engine.port.StreamListener;
import dev.entente.grpc.wire.peerstream.PeerStreamServiceGrpc;
import dev.entente.grpc.wire.peerstream.ReplicationMessage;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Our end of a stream that we opened; its connection ends with it. The engine calls from its event loop and gRPC from the
 * connection's.
 */
final class DialedStream implements StreamLink {
    /** What became of the call so far. */
    private enum Ending {
        OPEN,
        HALF_CLOSED,
        CANCELLED,
        CUT,
        OVER
    }

    private final PeerConnection connection;
    private final StreamCodec codec;
    private final ClientCall<ReplicationMessage, ReplicationMessage> call;
    private final SendBudget budget = new SendBudget();
    private final AtomicReference<Ending> ending = new AtomicReference<>(Ending.OPEN);

    DialedStream(PeerConnection connection, StreamCodec codec) {
        this.connection = connection;
        this.codec = codec;
        this.call = connection.channel().newCall(PeerStreamServiceGrpc.getStreamResourcesMethod(), CallOptions.DEFAULT);
    }

    void start(StreamListener engine) {
        call.start(new Inbound(engine), new Metadata());
    }

    @Override
    public void send(StreamMessage message) {
        if (ending.get() != Ending.OPEN) {
            return;
        }
        ReplicationMessage wire = codec.encode(message);
        if (budget.admits(call.isReady(), wire.getSerializedSize())) {
            call.sendMessage(wire);
        } else {
            cancel(Ending.CUT, SendBudget.exhausted());
        }
    }

    @Override
    public Optional<Uni<Void>> preparation(Collection<? extends Resource> content) {
        return codec.preparation(content);
    }

    @Override
    public boolean fits(StreamMessage message) {
        return codec.sizeOf(message) <= Limits.MAX_INBOUND_MESSAGE;
    }

    @Override
    public boolean isReady() {
        return call.isReady();
    }

    @Override
    public void request() {
        call.request(1);
    }

    /** Consul's acceptors of the 1.14 line do not always answer a half-close, so the wait for it is bounded. */
    @Override
    public void complete() {
        if (ending.compareAndSet(Ending.OPEN, Ending.HALF_CLOSED)) {
            call.halfClose();
            connection.afterLinger(() -> call.cancel("the acceptor did not end the stream", null));
        }
    }

    @Override
    public void fail(StreamEnd end) {
        cancel(Ending.CANCELLED, end.text());
    }

    private void cancel(Ending by, String why) {
        Ending before = ending.getAndUpdate(now -> isStoppedByUs(now) ? now : by);
        if (!isStoppedByUs(before)) {
            call.cancel(why, null);
        }
    }

    private static boolean isStoppedByUs(Ending ending) {
        return ending == Ending.CANCELLED || ending == Ending.CUT;
    }

    private final class Inbound extends ClientCall.Listener<ReplicationMessage> {
        private final InboundOrder engine;

        Inbound(StreamListener engine) {
            this.engine = new InboundOrder(engine, codec);
        }

        @Override
        public void onMessage(ReplicationMessage message) {
            engine.message(message, () -> true);
        }

        @Override
        public void onReady() {
            engine.ready();
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            connection.close();
            Ending before = ending.getAndSet(Ending.OVER);
            if (before == Ending.CUT) {
                engine.failure(new StreamEnd(StreamEnd.RESOURCE_EXHAUSTED, SendBudget.exhausted()));
            } else if (before != Ending.CANCELLED) {
                tell(status, before == Ending.HALF_CLOSED);
            }
        }

        private void tell(Status status, boolean halfClosed) {
            boolean lingeredOut = halfClosed && status.getCode() == Status.Code.CANCELLED;
            if (status.isOk() || lingeredOut) {
                engine.end();
            } else {
                engine.failure(connection.end(status));
            }
        }
    }
}
