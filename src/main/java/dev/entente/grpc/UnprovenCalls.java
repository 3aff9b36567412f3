package dev.entente.grpc;

import dev.entente.grpc.wire.peerstream.PeerStreamServiceGrpc;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;

/**
 * Bounds calls whose caller has not shown any secret, and those that show one in their only message: how large that may be, and how
 * many secrets may be waiting for an answer. Streams bound themselves, because they are proven later.
 */
final class UnprovenCalls implements ServerInterceptor {
    private static final SocketAddress NOWHERE = InetSocketAddress.createUnresolved("unknown", 0);
    private static final String STREAM =
            PeerStreamServiceGrpc.getStreamResourcesMethod().getFullMethodName();
    private static final String EXCHANGE =
            PeerStreamServiceGrpc.getExchangeSecretMethod().getFullMethodName();

    private final WaitingRoom room;

    UnprovenCalls(WaitingRoom room) {
        this.room = room;
    }

    static SocketAddress callerOf(ServerCall<?, ?> call) {
        SocketAddress remote = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
        return remote == null ? NOWHERE : remote;
    }

    static Status crowded() {
        return Status.RESOURCE_EXHAUSTED.withDescription("too many callers have not shown yet who they are");
    }

    static Status tooMuch() {
        return Status.RESOURCE_EXHAUSTED.withDescription(
                "more than " + Limits.MAX_UNPROVEN / 1024 + " KiB came from a caller that has not shown yet who it is");
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String method = call.getMethodDescriptor().getFullMethodName();
        if (method.equals(STREAM)) {
            return next.startCall(call, headers);
        }
        UnprovenBytes.ofCall().ifPresent(bytes -> bytes.whenExceeded(() -> call.close(tooMuch(), new Metadata())));
        return method.equals(EXCHANGE) ? inRoom(call, headers, next) : next.startCall(call, headers);
    }

    private <Q, A> ServerCall.Listener<Q> inRoom(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        Optional<WaitingRoom.Place> place = room.enter(callerOf(call));
        if (place.isEmpty()) {
            call.close(crowded(), new Metadata());
            return new ServerCall.Listener<>() {};
        }
        return new Leaving<>(next.startCall(call, headers), place.get());
    }

    /** Leaves when the call is over, however it ends. */
    private static final class Leaving<Q> extends SimpleForwardingServerCallListener<Q> {
        private final WaitingRoom.Place place;

        Leaving(ServerCall.Listener<Q> delegate, WaitingRoom.Place place) {
            super(delegate);
            this.place = place;
        }

        @Override
        public void onComplete() {
            place.leave();
            super.onComplete();
        }

        @Override
        public void onCancel() {
            place.leave();
            super.onCancel();
        }
    }
}
