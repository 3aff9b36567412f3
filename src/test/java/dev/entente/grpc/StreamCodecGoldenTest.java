package dev.entente.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.ImportedInstance;
import dev.entente.domain.catalog.ServiceAddress;
import dev.entente.domain.catalog.Weights;
import dev.entente.domain.peering.Remote;
import dev.entente.domain.stream.Resource;
import dev.entente.domain.stream.ResourceType;
import dev.entente.domain.stream.StreamMessage;
import dev.entente.grpc.wire.peering.PeeringServerAddresses;
import dev.entente.grpc.wire.peering.PeeringTrustBundle;
import dev.entente.grpc.wire.peerstream.ExchangeSecretRequest;
import dev.entente.grpc.wire.peerstream.ExchangeSecretResponse;
import dev.entente.grpc.wire.peerstream.ExportedService;
import dev.entente.grpc.wire.peerstream.ExportedServiceList;
import dev.entente.grpc.wire.peerstream.ReplicationMessage;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds our mapping against every message of a real pair of servers. */
class StreamCodecGoldenTest {
    private final StreamCodec codec = new StreamCodec();

    static List<CapturedStream.Line> streamMessages() {
        return CapturedStream.messages("StreamResources");
    }

    @ParameterizedTest
    @MethodSource("streamMessages")
    void everyCapturedMessageComesBackWithEqualContent(CapturedStream.Line line) throws Exception {
        ReplicationMessage captured = ReplicationMessage.parseFrom(line.bytes());

        ReplicationMessage again = ReplicationMessage.parseFrom(
                codec.encode(codec.decode(captured)).toByteArray());

        assertThat(withoutPayload(again)).isEqualTo(withoutPayload(captured));
        assertThat(payload(again)).isEqualTo(payload(captured));
        assertThat(again.getSerializedSize()).isEqualTo(line.bytes().length);
    }

    @ParameterizedTest
    @MethodSource("streamMessages")
    void everyCapturedMessageIsUnderstood(CapturedStream.Line line) throws Exception {
        StreamMessage message = codec.decode(ReplicationMessage.parseFrom(line.bytes()));

        assertThat(message).isNotInstanceOf(StreamMessage.Unknown.class);
        if (message instanceof StreamMessage.Response response) {
            assertThat(response.payload()).isNotNull();
            assertThat(response.payload().resource()).isNotInstanceOf(Resource.Undecodable.class);
            assertThat(ResourceType.ofUrl(response.resourceUrl())).isPresent();
            assertThat(response.nonce()).matches("[0-9a-f]{8}");
            assertThat(response.operation()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("streamMessages")
    void fieldsOfLaterReleasesArePassedOver(CapturedStream.Line line) throws Exception {
        ReplicationMessage known = ReplicationMessage.parseFrom(line.bytes());
        ReplicationMessage.Builder later = known.toBuilder().setUnknownFields(LATER);
        if (known.hasOpen()) {
            later.getOpenBuilder().setUnknownFields(LATER).getRemoteBuilder().setUnknownFields(LATER);
        }
        if (known.hasResponse()) {
            Any.Builder any = later.getResponseBuilder().setUnknownFields(LATER).getResourceBuilder();
            if (known.getResponse().getResourceUrl().equals(ResourceType.EXPORTED_SERVICE.url())) {
                any.setValue(withLaterFields(any.getValue()));
            }
        }

        assertThat(codec.decode(ReplicationMessage.parseFrom(later.build().toByteString())))
                .isEqualTo(codec.decode(known));
    }

    /** As a locality, ports or the like would come: messages and numbers that are not known here. */
    private static final UnknownFieldSet LATER = UnknownFieldSet.newBuilder()
            .addField(
                    90,
                    UnknownFieldSet.Field.newBuilder()
                            .addLengthDelimited(ByteString.copyFromUtf8("\n\u0002eu"))
                            .build())
            .addField(91, UnknownFieldSet.Field.newBuilder().addVarint(7).build())
            .build();

    private static ByteString withLaterFields(ByteString service) throws Exception {
        ExportedService.Builder later = ExportedService.parseFrom(service).toBuilder();
        later.getNodesBuilderList().forEach(node -> {
            node.getNodeBuilder().setUnknownFields(LATER);
            node.getServiceBuilder().setUnknownFields(LATER);
            node.getChecksBuilderList().forEach(check -> check.setUnknownFields(LATER));
        });
        return later.build().toByteString();
    }

    @Test
    void theCaptureHoldsEachKindOfMessageAndResource() throws Exception {
        List<StreamMessage> messages = decoded().toList();

        assertThat(messages.stream().map(Object::getClass).distinct())
                .contains(
                        StreamMessage.Open.class,
                        StreamMessage.Request.class,
                        StreamMessage.Response.class,
                        StreamMessage.Heartbeat.class,
                        StreamMessage.Terminated.class);
        assertThat(resources().map(Object::getClass).distinct())
                .contains(
                        Resource.ExportedService.class,
                        Resource.ExportedServiceList.class,
                        Resource.Bundle.class,
                        Resource.ServerAddresses.class);
    }

    @Test
    void theOpenTellsWhoDials() throws Exception {
        StreamMessage.Open open = decoded()
                .filter(StreamMessage.Open.class::isInstance)
                .map(StreamMessage.Open.class::cast)
                .findFirst()
                .orElseThrow();

        assertThat(open.peerId()).isEqualTo("104736a3-7dd2-77ff-ee7d-1352419c3f95");
        assertThat(open.streamSecret().reveal()).isEqualTo("3ffda069-c230-052d-2933-b8aa47ec22f1");
        assertThat(open.remote()).isEqualTo(new Remote("", "dc2"));
    }

    @Test
    void anInstanceIsReadWithAllItsParts() throws Exception {
        ImportedInstance instance = resources()
                .filter(Resource.ExportedService.class::isInstance)
                .flatMap(resource -> ((Resource.ExportedService) resource).instances().stream())
                .filter(candidate -> candidate.service().id().equals("web-1"))
                .findFirst()
                .orElseThrow();

        assertThat(instance.node().id()).isEqualTo("ae5f48cb-5fd0-51b6-6cec-7453e7c0165a");
        assertThat(instance.node().name()).isEqualTo("srv1");
        assertThat(instance.node().address()).isEqualTo("127.0.0.11");
        assertThat(instance.node().datacenter()).isEqualTo("dc1");
        assertThat(instance.node().taggedAddresses())
                .isEqualTo(Map.of(
                        "lan", "127.0.0.11", "lan_ipv4", "127.0.0.11", "wan", "127.0.0.11", "wan_ipv4", "127.0.0.11"));
        assertThat(instance.node().meta()).isEqualTo(Map.of("consul-network-segment", ""));
        assertThat(instance.service().kind()).isEmpty();
        assertThat(instance.service().name()).isEqualTo("web");
        assertThat(instance.service().tags()).containsExactly("v1", "primary");
        assertThat(instance.service().address()).isEqualTo("10.1.0.1");
        assertThat(instance.service().port()).isEqualTo(8080);
        assertThat(instance.service().meta()).isEqualTo(Map.of("version", "1"));
        assertThat(instance.service().weights()).isEqualTo(new Weights(10, 1));
        assertThat(instance.service().enableTagOverride()).isTrue();
        assertThat(instance.service().taggedAddresses()).containsEntry("wan", new ServiceAddress("203.0.113.5", 80));
        assertThat(instance.checks()).hasSize(1);
        Check check = instance.checks().get(0);
        assertThat(check.node()).isEqualTo("srv1");
        assertThat(check.id()).isEqualTo("web-1:overall-check");
        assertThat(check.name()).isEqualTo("overall-check");
        assertThat(check.status()).isEqualTo(Check.PASSING);
        assertThat(check.serviceId()).isEqualTo("web-1");
        assertThat(check.serviceName()).isEqualTo("web");
    }

    @Test
    void theExchangeCarriesPeerAndSecrets() throws Exception {
        List<CapturedStream.Line> lines = CapturedStream.messages("ExchangeSecret");

        ExchangeSecretRequest request =
                ExchangeSecretRequest.parseFrom(lines.get(0).bytes());
        ExchangeSecretResponse response =
                ExchangeSecretResponse.parseFrom(lines.get(1).bytes());

        assertThat(request.getPeerId()).isEqualTo("104736a3-7dd2-77ff-ee7d-1352419c3f95");
        assertThat(request.getEstablishmentSecret()).isEqualTo("72356e18-344e-5691-fdd5-8b54c690f4a7");
        assertThat(response.getStreamSecret()).isEqualTo("3ffda069-c230-052d-2933-b8aa47ec22f1");
    }

    private Stream<StreamMessage> decoded() throws InvalidProtocolBufferException {
        Stream.Builder<StreamMessage> messages = Stream.builder();
        for (CapturedStream.Line line : streamMessages()) {
            messages.add(codec.decode(ReplicationMessage.parseFrom(line.bytes())));
        }
        return messages.build();
    }

    private Stream<Resource> resources() throws InvalidProtocolBufferException {
        return decoded()
                .filter(StreamMessage.Response.class::isInstance)
                .map(message -> ((StreamMessage.Response) message).payload().resource());
    }

    private static ReplicationMessage withoutPayload(ReplicationMessage message) {
        if (!message.getResponse().hasResource()) {
            return message;
        }
        ReplicationMessage.Builder builder = message.toBuilder();
        builder.getResponseBuilder().getResourceBuilder().clearValue();
        return builder.build();
    }

    /** The content behind the bytes: maps travel in any order. */
    private static Message payload(ReplicationMessage message) throws InvalidProtocolBufferException {
        Any any = message.getResponse().getResource();
        if (!message.hasResponse()) {
            return any;
        }
        return switch (ResourceType.ofUrl(any.getTypeUrl()).orElseThrow()) {
            case EXPORTED_SERVICE -> ExportedService.parseFrom(any.getValue());
            case EXPORTED_SERVICE_LIST -> ExportedServiceList.parseFrom(any.getValue());
            case TRUST_BUNDLE -> PeeringTrustBundle.parseFrom(any.getValue());
            case SERVER_ADDRESSES -> PeeringServerAddresses.parseFrom(any.getValue());
        };
    }
}
