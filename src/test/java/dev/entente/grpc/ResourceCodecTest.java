package dev.entente.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.CheckDefinition;
import dev.entente.domain.catalog.Connect;
import dev.entente.domain.catalog.ImportedInstance;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.PeerMeta;
import dev.entente.domain.catalog.Proxy;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.catalog.ServiceAddress;
import dev.entente.domain.catalog.Weights;
import dev.entente.domain.stream.Resource;
import dev.entente.domain.stream.ResourceType;
import dev.entente.domain.stream.StreamMessage;
import dev.entente.domain.stream.StreamMessage.Payload;
import dev.entente.grpc.wire.peerstream.ExportedService;
import dev.entente.grpc.wire.peerstream.ReplicationMessage;
import dev.entente.grpc.wire.service.CheckServiceNode;
import dev.entente.grpc.wire.service.ConnectProxyConfig;
import dev.entente.grpc.wire.service.HealthCheck;
import dev.entente.grpc.wire.service.HealthCheckDefinition;
import dev.entente.grpc.wire.service.NodeService;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResourceCodecTest {
    private static final String SERVICE_URL = ResourceType.EXPORTED_SERVICE.url();

    private final ResourceCodec codec = new ResourceCodec();

    @Test
    void everyPartOfAnInstanceSurvivesTheWire() {
        Payload payload = new Payload(SERVICE_URL, new Resource.ExportedService(List.of(everything())));

        assertThat(codec.decode(codec.encode(payload))).isEqualTo(payload);
    }

    @Test
    void equalContentsGiveEqualBytes() {
        Map<String, String> forth = new LinkedHashMap<>();
        Map<String, String> back = new LinkedHashMap<>();
        for (int i = 0; i < 20; i++) {
            forth.put("k" + i, "v");
            back.put("k" + (19 - i), "v");
        }

        assertThat(codec.encode(withMeta(forth))).isEqualTo(codec.encode(withMeta(back)));
    }

    @Test
    void theSameResourceIsEncodedOnceForAllPeers() {
        Payload payload = new Payload(SERVICE_URL, new Resource.ExportedService(List.of(everything())));

        assertThat(codec.encode(payload).getValue())
                .isSameAs(codec.encode(payload).getValue());
    }

    @Test
    void anUnknownTypeIsKeptAsUndecodable() {
        Payload payload = codec.decode(Any.newBuilder()
                .setTypeUrl("type.googleapis.com/x.Y")
                .setValue(ByteString.copyFromUtf8("abc"))
                .build());

        assertThat(payload.typeUrl()).isEqualTo("type.googleapis.com/x.Y");
        assertThat(payload.resource()).isInstanceOf(Resource.Undecodable.class);
    }

    @ParameterizedTest
    @EnumSource(ResourceType.class)
    void randomBytesNeverThrow(ResourceType type) {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);

            assertThat(codec.decode(any(type.url(), ByteString.copyFrom(bytes))).resource())
                    .isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource(ResourceType.class)
    void cutBytesAreUndecodable(ResourceType type) {
        ByteString lengthWithoutContent = ByteString.copyFrom(new byte[] {0x0a, 0x7f, 0x01});

        assertThat(codec.decode(any(type.url(), lengthWithoutContent)).resource())
                .isInstanceOf(Resource.Undecodable.class);
    }

    @Test
    void anInstanceWithoutNodeIsUndecodable() {
        ExportedService wire = ExportedService.newBuilder()
                .addNodes(CheckServiceNode.newBuilder().setService(NodeService.getDefaultInstance()))
                .build();

        assertThat(codec.decode(any(SERVICE_URL, wire.toByteString())).resource())
                .isEqualTo(new Resource.Undecodable("an instance has no node"));
    }

    @Test
    void aConfigurationNestedTooDeepIsUndecodable() {
        Value value = Value.newBuilder().setBoolValue(true).build();
        for (int i = 0; i < 200; i++) {
            value = Value.newBuilder()
                    .setStructValue(Struct.newBuilder().putFields("k", value))
                    .build();
        }

        assertThat(codec.decode(withConfig(value)).resource()).isInstanceOf(Resource.Undecodable.class);
    }

    @Test
    void aNumberThatJsonCannotHoldIsUndecodable() {
        Value value = Value.newBuilder().setNumberValue(Double.NaN).build();

        assertThat(codec.decode(withConfig(value)).resource()).isInstanceOf(Resource.Undecodable.class);
    }

    @Test
    void anAbsurdDurationIsCutAndNotThrown() {
        ExportedService wire = ExportedService.newBuilder()
                .addNodes(CheckServiceNode.newBuilder()
                        .setNode(dev.entente.grpc.wire.service.Node.getDefaultInstance())
                        .setService(NodeService.getDefaultInstance())
                        .addChecks(HealthCheck.newBuilder()
                                .setDefinition(HealthCheckDefinition.newBuilder()
                                        .setTtl(com.google.protobuf.Duration.newBuilder()
                                                .setSeconds(Long.MAX_VALUE)
                                                .setNanos(Integer.MAX_VALUE)))))
                .build();

        assertThat(codec.decode(any(SERVICE_URL, wire.toByteString())).resource())
                .isInstanceOf(Resource.ExportedService.class);
    }

    @Test
    void aMessageWithoutContentIsUnknown() {
        StreamCodec stream = new StreamCodec();

        assertThat(stream.decode(ReplicationMessage.getDefaultInstance())).isEqualTo(new StreamMessage.Unknown());
        assertThat(stream.encode(new StreamMessage.Unknown())).isEqualTo(ReplicationMessage.getDefaultInstance());
    }

    @Test
    void anUnknownOperationKeepsItsNumber() {
        StreamCodec stream = new StreamCodec();
        StreamMessage message = new StreamMessage.Response("00000001", SERVICE_URL, "web", 99, null);

        assertThat(stream.decode(stream.encode(message))).isEqualTo(message);
    }

    private static Any any(String url, ByteString bytes) {
        return Any.newBuilder().setTypeUrl(url).setValue(bytes).build();
    }

    private static Any withConfig(Value value) {
        ExportedService wire = ExportedService.newBuilder()
                .addNodes(CheckServiceNode.newBuilder()
                        .setNode(dev.entente.grpc.wire.service.Node.getDefaultInstance())
                        .setService(NodeService.newBuilder()
                                .setProxy(ConnectProxyConfig.newBuilder()
                                        .setConfig(Struct.newBuilder().putFields("k", value)))))
                .build();
        return any(SERVICE_URL, wire.toByteString());
    }

    private static Payload withMeta(Map<String, String> meta) {
        Node node = new Node("", "n", "10.0.0.1", "dc1", meta, meta);
        return new Payload(
                SERVICE_URL,
                new Resource.ExportedService(
                        List.of(new ImportedInstance(node, Service.typical("web", "web", 80), List.of()))));
    }

    private static ImportedInstance everything() {
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        config.put("protocol", "http");
        config.put("port", 8080L);
        config.put("ratio", 0.5);
        config.put("on", true);
        config.put("nothing", null);
        config.put("list", Arrays.asList("a", 1L, null, Map.of("x", "y")));
        Proxy.Upstream upstream = new Proxy.Upstream(
                "service",
                "ns",
                "part",
                "peer",
                "db",
                "dc2",
                "127.0.0.1",
                9191,
                "/sock",
                "0600",
                config,
                "local",
                true);
        Proxy proxy = new Proxy(
                "web",
                "web-1",
                "127.0.0.1",
                8080,
                "/app.sock",
                "transparent",
                config,
                List.of(upstream),
                "remote",
                new Proxy.Expose(true, List.of(new Proxy.ExposePath(21500, "/health", 8080, "http2", true))),
                new Proxy.TransparentProxy(15001, true));
        Service service = new Service(
                Service.CONNECT_PROXY,
                "web-1-proxy",
                "web-sidecar-proxy",
                List.of("b", "a"),
                "10.0.0.2",
                Map.of("lan", new ServiceAddress("10.0.0.2", 20000)),
                Map.of("version", "2"),
                20000,
                "/proxy.sock",
                new Weights(3, 2),
                true,
                proxy,
                new Connect(true, new PeerMeta(List.of("sni"), List.of("spiffe://a/b"), "tcp")));
        CheckDefinition definition = new CheckDefinition(
                "http://x/health",
                "x",
                true,
                Map.of("h", List.of("1", "2")),
                "GET",
                "body",
                true,
                "x:1",
                "x:2",
                "x:3",
                "svc",
                true,
                Duration.ofSeconds(10),
                4096,
                Duration.ofMillis(1500),
                Duration.ofMinutes(1),
                List.of("a", "b"),
                "container",
                "/bin/sh",
                "x:4",
                true,
                "other",
                "alias",
                Duration.ofSeconds(30),
                0,
                0,
                0);
        Check check = new Check(
                "n1",
                "c1",
                "check",
                Check.WARNING,
                "notes",
                "output",
                "web-1-proxy",
                "web-sidecar-proxy",
                List.of("b"),
                "http",
                "10s",
                "1.5s",
                21500,
                definition);
        Node node = new Node("id", "n1", "10.0.0.1", "dc1", Map.of("wan", "1.2.3.4"), Map.of("m", "v"));
        return new ImportedInstance(node, service, List.of(check));
    }
}
