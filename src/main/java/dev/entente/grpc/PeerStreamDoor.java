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

/**
 * The service that peers call (protocol chapters 1.6 and 3.1). The stream is bound below the generated stubs: they ask for messages
 * on their own, and here one arrives only when the engine asks for it.
 */
final class PeerStreamDoor {
    private final StreamAcceptor acceptor;
    private final StreamCodec codec;

    PeerStreamDoor(StreamAcceptor acceptor, StreamCodec codec) {
        this.acceptor = acceptor;
        this.codec = codec;
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
        AcceptedStream stream = new AcceptedStream(call, codec);
        return stream.inbound(acceptor.accept(stream));
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
