package dev.entente.grpc;

import dev.entente.domain.identity.Secret;
import dev.entente.engine.port.StreamAcceptor;
import dev.entente.grpc.wire.peerstream.ExchangeSecretRequest;
import dev.entente.grpc.wire.peerstream.ExchangeSecretResponse;
import dev.entente.grpc.wire.peerstream.PeerStreamServiceGrpc;
import dev.entente.grpc.wire.peerstream.ReplicationMessage;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.util.Optional;

/**
 * The service that peers call (protocol chapters 1.6 and 3.1). The stream is bound below the generated stubs: they ask for messages
 * on their own, and here one arrives only when the engine asks for it.
 */
final class PeerStreamDoor {
    private static final Metadata.Key<String> USER_AGENT =
            Metadata.Key.of("user-agent", Metadata.ASCII_STRING_MARSHALLER);

    private final StreamAcceptor acceptor;
    private final StreamCodec codec;
    private final WaitingRoom unproven;

    PeerStreamDoor(StreamAcceptor acceptor, StreamCodec codec, WaitingRoom unproven) {
        this.acceptor = acceptor;
        this.codec = codec;
        this.unproven = unproven;
    }

    ServerServiceDefinition definition() {
        MethodDescriptor<ReplicationMessage, ReplicationMessage> stream = streamMethod();
        MethodDescriptor<ExchangeSecretRequest, ExchangeSecretResponse> exchange =
                PeerStreamServiceGrpc.getExchangeSecretMethod();
        ServiceDescriptor service = ServiceDescriptor.newBuilder(PeerStreamServiceGrpc.SERVICE_NAME)
                .setSchemaDescriptor(
                        PeerStreamServiceGrpc.getServiceDescriptor().getSchemaDescriptor())
                .addMethod(stream)
                .addMethod(exchange)
                .build();
        return ServerServiceDefinition.builder(service)
                .addMethod(stream, this::streamResources)
                .addMethod(exchange, ServerCalls.asyncUnaryCall(this::exchangeSecret))
                .build();
    }

    private static MethodDescriptor<ReplicationMessage, ReplicationMessage> streamMethod() {
        MethodDescriptor<ReplicationMessage, ReplicationMessage> generated =
                PeerStreamServiceGrpc.getStreamResourcesMethod();
        return generated.toBuilder()
                .setResponseMarshaller(new CuttableMessages(generated.getResponseMarshaller()))
                .build();
    }

    private ServerCall.Listener<ReplicationMessage> streamResources(
            ServerCall<ReplicationMessage, ReplicationMessage> call, Metadata headers) {
        Optional<WaitingRoom.Place> place = unproven.enter(UnprovenCalls.callerOf(call));
        if (place.isEmpty()) {
            call.close(UnprovenCalls.crowded(), new Metadata());
            return new ServerCall.Listener<>() {};
        }
        AcceptedStream stream = new AcceptedStream(
                call,
                codec,
                new AcceptedStream.Caller(place.get(), UnprovenBytes.ofCall(), largestMessageFor(headers)));
        return stream.inbound(acceptor.accept(stream));
    }

    /** Our own dialers say who they are. */
    private static int largestMessageFor(Metadata headers) {
        String dialer = headers.get(USER_AGENT);
        return dialer != null && dialer.startsWith(PeerConnection.USER_AGENT)
                ? Limits.MAX_INBOUND_MESSAGE
                : Limits.MAX_MESSAGE_TO_CONSUL_DIALER;
    }

    private void exchangeSecret(ExchangeSecretRequest request, StreamObserver<ExchangeSecretResponse> caller) {
        UnaryAnswer.send(
                acceptor.exchangeSecret(request.getPeerId(), new Secret(request.getEstablishmentSecret()))
                        .map(secret -> ExchangeSecretResponse.newBuilder()
                                .setStreamSecret(secret.reveal())
                                .build()),
                caller);
    }
}
