package dev.entente.grpc;

import dev.entente.grpc.wire.peerstream.PeerStreamServiceGrpc;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSession;

/**
 * Lets connections that asked for the peering server name reach the peer-stream service and nothing else (newer releases, chapter 4):
 * that name is what tokens spread and what gateways pass on from outside.
 */
final class PeersOnlyUnderPeeringName implements ServerInterceptor {
    private final String peeringServerName;

    PeersOnlyUnderPeeringName(String peeringServerName) {
        this.peeringServerName = peeringServerName;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        boolean forPeers = PeerStreamServiceGrpc.SERVICE_NAME.equals(
                call.getMethodDescriptor().getServiceName());
        if (forPeers || !askedForPeeringName(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION))) {
            return next.startCall(call, headers);
        }
        call.close(
                Status.PERMISSION_DENIED.withDescription("invalid permissions to the specified endpoint"),
                new Metadata());
        return new ServerCall.Listener<>() {};
    }

    private boolean askedForPeeringName(SSLSession session) {
        // A connection whose name cannot be told is treated like one for peers.
        if (!(session instanceof ExtendedSSLSession extended)) {
            return true;
        }
        return extended.getRequestedServerNames().stream()
                .map(name -> new String(name.getEncoded(), StandardCharsets.US_ASCII))
                .anyMatch(peeringServerName::equalsIgnoreCase);
    }
}
