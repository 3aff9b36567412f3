package dev.entente.grpc;

import dev.entente.domain.identity.Secret;
import dev.entente.domain.stream.StreamMessage;
import dev.entente.engine.port.DialTarget;
import dev.entente.engine.port.PeerDialer;
import dev.entente.engine.port.StreamEnd;
import dev.entente.engine.port.StreamEndException;
import dev.entente.engine.port.StreamLink;
import dev.entente.engine.port.StreamListener;
import dev.entente.grpc.wire.peerstream.ExchangeSecretRequest;
import dev.entente.grpc.wire.peerstream.ExchangeSecretResponse;
import dev.entente.grpc.wire.peerstream.PeerStreamServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.netty.channel.EventLoopGroup;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Calls other clusters over gRPC (protocol chapters 1.5, 2.2 and 3.2). Every call has a connection of its own, which ends with it.
 *
 * <p>Connections live on the event loops given, which must be NIO loops and are not closed here.
 */
public final class GrpcPeerDialer implements PeerDialer {
    private final EventLoopGroup loops;
    private final StreamCodec codec;

    public GrpcPeerDialer(EventLoopGroup loops, StreamCodec codec) {
        this.loops = loops;
        this.codec = codec;
    }

    @Override
    public Uni<Secret> exchangeSecret(DialTarget target, String peerId, Secret establishment) {
        ExchangeSecretRequest request = ExchangeSecretRequest.newBuilder()
                .setPeerId(peerId)
                .setEstablishmentSecret(establishment.reveal())
                .build();
        return Uni.createFrom()
                .emitter(emitter -> exchange(PeerConnection.forExchange(target, loops), request, emitter));
    }

    private static void exchange(
            PeerConnection connection, ExchangeSecretRequest request, UniEmitter<? super Secret> emitter) {
        ClientCall<ExchangeSecretRequest, ExchangeSecretResponse> call = connection
                .channel()
                .newCall(
                        PeerStreamServiceGrpc.getExchangeSecretMethod(),
                        CallOptions.DEFAULT
                                .withDeadlineAfter(Limits.EXCHANGE_SECONDS, TimeUnit.SECONDS)
                                .withMaxInboundMessageSize(Limits.MAX_EXCHANGE_ANSWER));
        emitter.onTermination(() -> call.cancel("nobody waits for the answer", null));
        call.start(new ExchangeAnswer(connection, emitter), new Metadata());
        call.request(1);
        call.sendMessage(request);
        call.halfClose();
    }

    @Override
    public StreamLink open(DialTarget target, StreamListener listener) {
        try {
            DialedStream stream = new DialedStream(PeerConnection.to(target, loops), codec);
            stream.start(listener);
            return stream;
        } catch (StreamEndException e) {
            listener.onFailure(e.end());
            return new NeverOpened();
        }
    }

    /** Waits for the secret and then for the status, which has the last word. */
    private static final class ExchangeAnswer extends ClientCall.Listener<ExchangeSecretResponse> {
        private final PeerConnection connection;
        private final UniEmitter<? super Secret> emitter;
        private @Nullable Secret secret;

        ExchangeAnswer(PeerConnection connection, UniEmitter<? super Secret> emitter) {
            this.connection = connection;
            this.emitter = emitter;
        }

        @Override
        public void onMessage(ExchangeSecretResponse message) {
            secret = new Secret(message.getStreamSecret());
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            connection.close();
            if (!status.isOk()) {
                emitter.fail(new StreamEndException(connection.end(status)));
            } else if (secret == null) {
                emitter.fail(new StreamEndException(new StreamEnd(StreamEnd.INTERNAL, "the answer holds no secret")));
            } else {
                emitter.complete(secret);
            }
        }
    }

    /** Stands for a stream whose target could not be dialed; its listener has heard so. */
    private static final class NeverOpened implements StreamLink {
        @Override
        public void send(StreamMessage message) {}

        @Override
        public boolean isReady() {
            return false;
        }

        @Override
        public void request() {}

        @Override
        public void complete() {}

        @Override
        public void fail(StreamEnd end) {}
    }
}
