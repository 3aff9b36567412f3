package dev.entente.grpc;

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
import java.util.concurrent.atomic.AtomicReference;

/**
 * Our end of a stream that we opened; its connection ends with it. The engine calls from its event loop and gRPC from the
 * connection's.
 */
final class DialedStream implements StreamLink {
    /** What we did to the call. */
    private enum Ending {
        OPEN,
        HALF_CLOSED,
        BY_ENGINE,
        BY_LIMIT
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
            cancel(Ending.BY_LIMIT, SendBudget.exhausted());
        }
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
        if (ending.compareAndSet(Ending.OPEN, Ending.HALF_CLOSED)) {
            call.halfClose();
        }
    }

    @Override
    public void fail(StreamEnd end) {
        cancel(Ending.BY_ENGINE, end.text());
    }

    private void cancel(Ending by, String why) {
        Ending before = ending.getAndUpdate(now -> isCancelled(now) ? now : by);
        if (!isCancelled(before)) {
            call.cancel(why, null);
        }
    }

    private static boolean isCancelled(Ending ending) {
        return ending == Ending.BY_ENGINE || ending == Ending.BY_LIMIT;
    }

    private final class Inbound extends ClientCall.Listener<ReplicationMessage> {
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
        public void onClose(Status status, Metadata trailers) {
            connection.close();
            Ending how = ending.getAndUpdate(now -> isCancelled(now) ? now : Ending.BY_ENGINE);
            if (how == Ending.BY_LIMIT) {
                engine.onFailure(new StreamEnd(StreamEnd.RESOURCE_EXHAUSTED, SendBudget.exhausted()));
            } else if (how != Ending.BY_ENGINE) {
                tell(status);
            }
        }

        private void tell(Status status) {
            if (status.isOk()) {
                engine.onEnd();
            } else {
                engine.onFailure(connection.end(status));
            }
        }
    }
}
