package dev.entente.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import dev.entente.domain.stream.ResourceType;
import dev.entente.domain.token.PeeringToken;
import dev.entente.grpc.wire.peering.PeeringTrustBundle;
import dev.entente.grpc.wire.peerstream.ExchangeSecretRequest;
import dev.entente.grpc.wire.peerstream.ExportedService;
import dev.entente.grpc.wire.peerstream.ExportedServiceList;
import dev.entente.grpc.wire.peerstream.Operation;
import dev.entente.grpc.wire.peerstream.PeerStreamServiceGrpc;
import dev.entente.grpc.wire.peerstream.ReplicationMessage;
import dev.entente.grpc.wire.service.CheckServiceNode;
import dev.entente.grpc.wire.service.HealthCheck;
import dev.entente.grpc.wire.service.Node;
import dev.entente.grpc.wire.service.NodeService;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A dialer that says what it likes: raw messages over TLS, to the server that a token names. */
final class HostilePeer implements AutoCloseable {
    private static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(5);

    final PeeringToken token;
    private final ManagedChannel channel;

    HostilePeer(PeeringToken token) throws Exception {
        this.token = token;
        this.channel = NettyChannelBuilder.forTarget(token.serverAddresses().get(0))
                .sslContext(GrpcSslContexts.forClient()
                        .trustManager(new ByteArrayInputStream(
                                String.join("", token.caPems()).getBytes(StandardCharsets.UTF_8)))
                        .build())
                .overrideAuthority(token.serverName())
                .maxInboundMessageSize(64 * 1024 * 1024)
                .build();
    }

    String exchange(String secret) {
        return PeerStreamServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .exchangeSecret(ExchangeSecretRequest.newBuilder()
                        .setPeerId(token.peerId())
                        .setEstablishmentSecret(secret)
                        .build())
                .getStreamSecret();
    }

    Status exchangeFails(String secret) {
        try {
            exchange(secret);
        } catch (StatusRuntimeException refused) {
            return refused.getStatus();
        }
        throw new AssertionError("the secret was taken");
    }

    /** A stream that nothing was said on. */
    Stream open() {
        return new Stream(channel.newCall(PeerStreamServiceGrpc.getStreamResourcesMethod(), CallOptions.DEFAULT), true);
    }

    /** A stream whose answers are not read. */
    Stream openWithoutReading() {
        return new Stream(
                channel.newCall(PeerStreamServiceGrpc.getStreamResourcesMethod(), CallOptions.DEFAULT), false);
    }

    /** A stream that was let in and has subscribed to everything. */
    Stream admitted(String streamSecret) {
        Stream stream = open();
        stream.say(opening(token.peerId(), streamSecret));
        stream.await(ReplicationMessage::hasRequest);
        for (ResourceType type : ResourceType.values()) {
            stream.say(subscription(type.url()));
        }
        return stream;
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    static ReplicationMessage opening(String peerId, String streamSecret) {
        return ReplicationMessage.newBuilder()
                .setOpen(ReplicationMessage.Open.newBuilder().setPeerId(peerId).setStreamSecretId(streamSecret))
                .build();
    }

    static ReplicationMessage subscription(String url) {
        return ReplicationMessage.newBuilder()
                .setRequest(ReplicationMessage.Request.newBuilder().setResourceUrl(url))
                .build();
    }

    static ReplicationMessage heartbeat() {
        return ReplicationMessage.newBuilder()
                .setHeartbeat(ReplicationMessage.Heartbeat.getDefaultInstance())
                .build();
    }

    static ReplicationMessage response(String nonce, ResourceType type, String id, Message content) {
        return response(
                nonce,
                type.url(),
                id,
                Any.newBuilder()
                        .setTypeUrl(type.url())
                        .setValue(content.toByteString())
                        .build());
    }

    static ReplicationMessage response(String nonce, String url, String id, Any any) {
        return ReplicationMessage.newBuilder()
                .setResponse(ReplicationMessage.Response.newBuilder()
                        .setNonce(nonce)
                        .setResourceUrl(url)
                        .setResourceId(id)
                        .setResource(any)
                        .setOperation(Operation.OPERATION_UPSERT))
                .build();
    }

    static ReplicationMessage service(String nonce, String name, CheckServiceNode... instances) {
        return response(
                nonce,
                ResourceType.EXPORTED_SERVICE,
                name,
                ExportedService.newBuilder().addAllNodes(List.of(instances)).build());
    }

    static ReplicationMessage list(String nonce, String... names) {
        return response(
                nonce,
                ResourceType.EXPORTED_SERVICE_LIST,
                "exported-service-list",
                ExportedServiceList.newBuilder().addAllServices(List.of(names)).build());
    }

    static ReplicationMessage bundle(String nonce, String trustDomain) {
        return response(
                nonce,
                ResourceType.TRUST_BUNDLE,
                "roots",
                PeeringTrustBundle.newBuilder()
                        .setTrustDomain(trustDomain)
                        .addRootPems("a root of the hostile peer")
                        .build());
    }

    static CheckServiceNode instance(String node, String id, String service) {
        return CheckServiceNode.newBuilder()
                .setNode(Node.newBuilder().setNode(node).setAddress("10.6.6.6").setDatacenter("evil"))
                .setService(
                        NodeService.newBuilder().setId(id).setService(service).setPort(666))
                .addChecks(HealthCheck.newBuilder()
                        .setNode(node)
                        .setCheckId(id + ":overall-check")
                        .setName("overall-check")
                        .setStatus("passing")
                        .setServiceId(id)
                        .setServiceName(service))
                .build();
    }

    /** One call, and all that was heard on it. */
    static final class Stream {
        final List<ReplicationMessage> heard = new CopyOnWriteArrayList<>();
        final List<Long> heartbeats = new CopyOnWriteArrayList<>();
        final CompletableFuture<Status> end = new CompletableFuture<>();
        final ClientCall<ReplicationMessage, ReplicationMessage> call;

        private Stream(ClientCall<ReplicationMessage, ReplicationMessage> call, boolean reading) {
            this.call = call;
            call.start(
                    new ClientCall.Listener<>() {
                        @Override
                        public void onMessage(ReplicationMessage message) {
                            heard(message);
                        }

                        @Override
                        public void onClose(Status status, Metadata trailers) {
                            end.complete(status);
                        }
                    },
                    new Metadata());
            if (reading) {
                call.request(Integer.MAX_VALUE);
            }
        }

        private void heard(ReplicationMessage message) {
            if (message.hasHeartbeat()) {
                heartbeats.add(System.nanoTime());
            } else {
                heard.add(message);
            }
        }

        /** Calls are not made for several threads, and heartbeats come from one of their own. */
        synchronized void say(ReplicationMessage message) {
            call.sendMessage(message);
        }

        /** Sends heartbeats until the stream is over, whatever the test does meanwhile. */
        void keepAlive() {
            Thread timer = new Thread(
                    () -> {
                        while (isOpen()) {
                            say(heartbeat());
                            LockSupport.parkNanos(HEARTBEAT_INTERVAL.toNanos());
                        }
                    },
                    "heartbeats of a peer");
            timer.setDaemon(true);
            timer.start();
        }

        boolean isOpen() {
            return !end.isDone();
        }

        /** How the stream ended, in the words of its status. */
        Status ended() {
            try {
                return end.get(60, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new AssertionError("the stream was not ended", e);
            }
        }

        ReplicationMessage await(Predicate<ReplicationMessage> wanted) {
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(10))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> heard.stream().anyMatch(wanted));
            return heard.stream().filter(wanted).findFirst().orElseThrow();
        }

        /** The ACK or NACK of a nonce. */
        ReplicationMessage.Request answer(String nonce) {
            return await(message -> message.hasRequest()
                            && message.getRequest().getResponseNonce().equals(nonce))
                    .getRequest();
        }

        /** Why a response was refused; empty when it was not. */
        String refusal(String nonce) {
            return answer(nonce).getError().getMessage();
        }
    }
}
