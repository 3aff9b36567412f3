package dev.entente.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.entente.domain.identity.TrustDomain;
import dev.entente.domain.stream.Resource;
import dev.entente.domain.stream.ResourceType;
import dev.entente.domain.stream.StreamMessage.Payload;
import dev.entente.domain.trust.TrustBundle;
import dev.entente.grpc.wire.peering.PeeringServerAddresses;
import dev.entente.grpc.wire.peering.PeeringTrustBundle;
import dev.entente.grpc.wire.peerstream.ExportedService;
import dev.entente.grpc.wire.peerstream.ExportedServiceList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * The payload of a response: bytes under a type URL, and what they mean (protocol chapter 2.3.1).
 *
 * <p>Decoding never throws: what cannot be read becomes {@link Resource.Undecodable}. Encoding gives the same bytes for equal
 * contents, and encodes one and the same object once, however many peers it goes to.
 */
final class ResourceCodec {
    private final IdentityCache<Resource, ByteString> encoded = new IdentityCache<>();

    Payload decode(Any any) {
        return new Payload(any.getTypeUrl(), decode(any.getTypeUrl(), any.getValue()));
    }

    Any encode(Payload payload) {
        return Any.newBuilder()
                .setTypeUrl(payload.typeUrl())
                .setValue(encoded.get(payload.resource(), ResourceCodec::bytes))
                .build();
    }

    boolean isEncoded(Resource resource) {
        return encoded.knows(resource);
    }

    /** Encodes what will be asked for. */
    void prepare(Resource resource) {
        encoded.get(resource, ResourceCodec::bytes);
    }

    private static Resource decode(String typeUrl, ByteString bytes) {
        Optional<ResourceType> type = ResourceType.ofUrl(typeUrl);
        if (type.isEmpty()) {
            return new Resource.Undecodable("unknown type \"" + typeUrl + "\"");
        }
        try {
            return decode(type.get(), bytes);
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            return new Resource.Undecodable(e.getMessage() == null ? "no message" : e.getMessage());
        }
    }

    private static Resource decode(ResourceType type, ByteString bytes) throws InvalidProtocolBufferException {
        return switch (type) {
            case EXPORTED_SERVICE ->
                new Resource.ExportedService(ExportedService.parseFrom(bytes).getNodesList().stream()
                        .map(InstanceDecoder::decode)
                        .toList());
            case EXPORTED_SERVICE_LIST ->
                new Resource.ExportedServiceList(
                        ExportedServiceList.parseFrom(bytes).getServicesList());
            case TRUST_BUNDLE -> new Resource.Bundle(bundle(PeeringTrustBundle.parseFrom(bytes)));
            case SERVER_ADDRESSES ->
                new Resource.ServerAddresses(
                        PeeringServerAddresses.parseFrom(bytes).getAddressesList());
        };
    }

    private static TrustBundle bundle(PeeringTrustBundle wire) {
        return new TrustBundle(
                new TrustDomain(wire.getTrustDomain()), wire.getRootPemsList(), wire.getExportedPartition());
    }

    private static ByteString bytes(Resource resource) {
        if (resource instanceof Resource.ExportedService service) {
            ExportedService.Builder wire = ExportedService.newBuilder();
            service.instances().forEach(instance -> wire.addNodes(InstanceEncoder.encode(instance)));
            return deterministic(wire.build());
        }
        if (resource instanceof Resource.ExportedServiceList list) {
            return deterministic(ExportedServiceList.newBuilder()
                    .addAllServices(list.services())
                    .build());
        }
        if (resource instanceof Resource.Bundle bundle) {
            return deterministic(PeeringTrustBundle.newBuilder()
                    .setTrustDomain(bundle.bundle().trustDomain().value())
                    .addAllRootPems(bundle.bundle().rootPems())
                    .setExportedPartition(bundle.bundle().exportedPartition())
                    .build());
        }
        if (resource instanceof Resource.ServerAddresses addresses) {
            return deterministic(PeeringServerAddresses.newBuilder()
                    .addAllAddresses(addresses.addresses())
                    .build());
        }
        // Only ever received; written as the empty payload it stands for.
        return ByteString.EMPTY;
    }

    /** The usual form leaves the order of map entries open. */
    private static ByteString deterministic(Message message) {
        byte[] bytes = new byte[message.getSerializedSize()];
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.useDeterministicSerialization();
        try {
            message.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException("an array takes what it was measured for", e);
        }
        return com.google.protobuf.UnsafeByteOperations.unsafeWrap(bytes);
    }
}
