package dev.entente.grpc;

import dev.entente.domain.catalog.TextSize;
import dev.entente.domain.identity.Secret;
import dev.entente.domain.peering.Remote;
import dev.entente.domain.stream.Resource;
import dev.entente.domain.stream.StreamMessage;
import dev.entente.engine.port.SideThreads;
import dev.entente.grpc.wire.peering.RemoteInfo;
import dev.entente.grpc.wire.peerstream.ReplicationMessage;
import dev.entente.grpc.wire.status.Status;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Messages of the replication stream, on the wire and as the engine knows them (protocol chapter 2.3). Decoding never throws.
 *
 * <p>One for the whole process: it remembers what it encoded, and all peers share that.
 */
public final class StreamCodec {
    private final ResourceCodec resources = new ResourceCodec();
    private final Executor threads;

    public StreamCodec() {
        // Each stream has one message to be read and one turn of messages to be written there at the most, and streams
        // are bounded.
        this(SideThreads.named("large-messages"));
    }

    /**
     * A codec that leaves event loops for large messages.
     *
     * @param threads where these are written and read
     */
    StreamCodec(Executor threads) {
        this.threads = threads;
    }

    /** Whether decoding it would keep an event loop from its other work. */
    boolean isLarge(ReplicationMessage wire) {
        return wire.hasResponse() && wire.getResponse().getResource().getValue().size() > TextSize.LARGE;
    }

    void offLoop(Runnable task) {
        threads.execute(task);
    }

    /** Writes what is large and was not written before; empty when there is nothing to do. */
    Optional<Uni<Void>> preparation(Collection<? extends Resource> content) {
        List<Resource> large = new ArrayList<>();
        content.forEach(resource -> {
            if (isLarge(resource) && !resources.isEncoded(resource)) {
                large.add(resource);
            }
        });
        return large.isEmpty()
                ? Optional.empty()
                : Optional.of(Uni.createFrom()
                        .item(large)
                        .emitOn(threads)
                        .invoke(all -> all.forEach(resources::prepare))
                        .replaceWithVoid());
    }

    private static boolean isLarge(Resource resource) {
        return resource instanceof Resource.ExportedService service
                && service.instances().size() > TextSize.LARGE_INSTANCES;
    }

    StreamMessage decode(ReplicationMessage wire) {
        return switch (wire.getPayloadCase()) {
            case OPEN -> open(wire.getOpen());
            case REQUEST -> request(wire.getRequest());
            case RESPONSE -> response(wire.getResponse());
            case TERMINATED -> new StreamMessage.Terminated();
            case HEARTBEAT -> new StreamMessage.Heartbeat();
            case PAYLOAD_NOT_SET -> new StreamMessage.Unknown();
        };
    }

    ReplicationMessage encode(StreamMessage message) {
        ReplicationMessage.Builder wire = ReplicationMessage.newBuilder();
        if (message instanceof StreamMessage.Response response) {
            wire.setResponse(response(response));
        } else if (message instanceof StreamMessage.Request request) {
            wire.setRequest(request(request));
        } else if (message instanceof StreamMessage.Heartbeat) {
            wire.setHeartbeat(ReplicationMessage.Heartbeat.getDefaultInstance());
        } else if (message instanceof StreamMessage.Open open) {
            wire.setOpen(open(open));
        } else if (message instanceof StreamMessage.Terminated) {
            wire.setTerminated(ReplicationMessage.Terminated.getDefaultInstance());
        }
        // What remains is Unknown: a message without a payload.
        return wire.build();
    }

    /** The size of a message on the wire. What it carries is encoded once, however often it is asked for. */
    int sizeOf(StreamMessage message) {
        return encode(message).getSerializedSize();
    }

    private static StreamMessage open(ReplicationMessage.Open wire) {
        RemoteInfo remote = wire.getRemote();
        return new StreamMessage.Open(
                wire.getPeerId(),
                new Secret(wire.getStreamSecretId()),
                new Remote(remote.getPartition(), remote.getDatacenter()));
    }

    private static ReplicationMessage.Open open(StreamMessage.Open open) {
        ReplicationMessage.Open.Builder wire = ReplicationMessage.Open.newBuilder()
                .setPeerId(open.peerId())
                .setStreamSecretId(open.streamSecret().reveal());
        if (!open.remote().isUnknown()) {
            wire.setRemote(RemoteInfo.newBuilder()
                    .setPartition(open.remote().partition())
                    .setDatacenter(open.remote().datacenter()));
        }
        return wire.build();
    }

    private static StreamMessage request(ReplicationMessage.Request wire) {
        StreamMessage.@Nullable Nack error = wire.hasError()
                ? new StreamMessage.Nack(
                        wire.getError().getCode(), wire.getError().getMessage())
                : null;
        return new StreamMessage.Request(wire.getPeerId(), wire.getResponseNonce(), wire.getResourceUrl(), error);
    }

    private static ReplicationMessage.Request request(StreamMessage.Request request) {
        ReplicationMessage.Request.Builder wire = ReplicationMessage.Request.newBuilder()
                .setPeerId(request.peerId())
                .setResponseNonce(request.responseNonce())
                .setResourceUrl(request.resourceUrl());
        StreamMessage.Nack error = request.error();
        if (error != null) {
            wire.setError(Status.newBuilder().setCode(error.code()).setMessage(error.message()));
        }
        return wire.build();
    }

    private StreamMessage response(ReplicationMessage.Response wire) {
        return new StreamMessage.Response(
                wire.getNonce(),
                wire.getResourceUrl(),
                wire.getResourceId(),
                wire.getOperationValue(),
                wire.hasResource() ? resources.decode(wire.getResource()) : null);
    }

    private ReplicationMessage.Response response(StreamMessage.Response response) {
        ReplicationMessage.Response.Builder wire = ReplicationMessage.Response.newBuilder()
                .setNonce(response.nonce())
                .setResourceUrl(response.resourceUrl())
                .setResourceId(response.resourceId())
                .setOperationValue(response.operation());
        StreamMessage.Payload payload = response.payload();
        if (payload != null) {
            wire.setResource(resources.encode(payload));
        }
        return wire.build();
    }
}
