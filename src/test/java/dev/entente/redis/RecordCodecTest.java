package dev.entente.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.contract.Changes;
import dev.entente.contract.ConfigEntrySamples;
import dev.entente.domain.catalog.CheckDefinition;
import dev.entente.domain.catalog.Connect;
import dev.entente.domain.catalog.PeerMeta;
import dev.entente.domain.catalog.Proxy;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.catalog.ServiceAddress;
import dev.entente.domain.catalog.Weights;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.TrustDomain;
import dev.entente.domain.peering.Peering;
import dev.entente.domain.peering.PeeringState;
import dev.entente.domain.peering.Remote;
import dev.entente.domain.trust.CaRoot;
import dev.entente.domain.trust.TrustBundle;
import dev.entente.engine.port.CaRoots;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.PartitionRecord;
import dev.entente.engine.port.RecordKind;
import dev.entente.engine.port.ServiceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordCodecTest {
    private static final Instant TIME = Instant.parse("2024-02-03T04:05:06.123456789Z");

    static Stream<Change> changes() {
        return Stream.concat(
                ConfigEntrySamples.ofAllKinds().map(entry -> change(RecordKind.CONFIG_ENTRY, entry)), otherChanges());
    }

    private static Stream<Change> otherChanges() {
        return Stream.of(
                Changes.node("a", 7),
                change(RecordKind.SERVICE, new ServiceRecord("n", proxy())),
                Changes.check(3, "odd \u00fc \n"),
                change(RecordKind.PEERING, peering()),
                change(
                        RecordKind.CA_ROOTS,
                        new CaRoots(
                                new TrustDomain("x.consul"),
                                "id",
                                List.of(new CaRoot(
                                        "id", "n", 9, "k", "e", TIME, TIME, "pem", List.of("i"), true, "ec", 256, 4)))),
                change(RecordKind.PARTITION, new PartitionRecord(new PartitionName("team"), "d")),
                Changes.imported(Changes.peer("Alpha", 1), "web", 2),
                Changes.imported(Changes.peer("Alpha", 1), "web", 1000),
                Change.imported(
                        RecordKind.IMPORTED_BUNDLE,
                        Changes.peer("Alpha", 1),
                        "roots",
                        new TrustBundle(new TrustDomain("x.consul"), List.of("pem"), "")));
    }

    private static Change change(RecordKind kind, Object value) {
        return Change.upsert(kind, "k", 5, 4, value);
    }

    private static Service proxy() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("z", 1);
        config.put("list", Arrays.asList("a", null, 2.5, Map.of("deep", true)));
        config.put("none", null);
        Proxy proxy = new Proxy(
                "web",
                "web1",
                "127.0.0.1",
                80,
                "/s",
                "transparent",
                config,
                List.of(new Proxy.Upstream(
                        "service", "", "", "alpha", "db", "", "", 9, "", "", Map.of("p", "tcp"), "local", true)),
                "remote",
                new Proxy.Expose(true, List.of(new Proxy.ExposePath(1, "/p", 2, "http", false))),
                new Proxy.TransparentProxy(15001, true));
        return new Service(
                Service.CONNECT_PROXY,
                "id",
                "name",
                List.of("t"),
                "addr",
                Map.of("lan", new ServiceAddress("1.2.3.4", 5)),
                Map.of("m", "v"),
                8080,
                "/socket",
                new Weights(3, 2),
                true,
                proxy.addedTo(proxy.withUpstreams(List.of())),
                new Connect(true, new PeerMeta(List.of("sni"), List.of("spiffe"), "http")),
                true);
    }

    private static Peering peering() {
        return new Peering(
                Changes.peer("Alpha", 1).id(),
                new PartitionName("team"),
                new PeerName("Alpha"),
                PeeringState.DELETING,
                TIME,
                Map.of("a", "b"),
                "peer",
                List.of("pem"),
                "server",
                List.of("1.2.3.4:5"),
                new Remote("p", "dc2"),
                List.of("lb:443"));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aRecordIsReadAsItWasWritten(Change change) {
        HotRecord written = HotRecord.beginning(change, 77);

        Change read = HotRecord.parse(written.toBytes())
                .toEntry(change.kind(), change.key())
                .change();

        assertThat(read).isEqualTo(change);
    }

    @Test
    void durationsOfACheckKeepTheirNanoseconds() {
        CheckDefinition definition = RecordCodec.read(RecordCodec.write(CheckDefinition.NONE), CheckDefinition.class);

        assertThat(definition).isEqualTo(CheckDefinition.NONE);
        assertThat(RecordCodec.read(RecordCodec.write(Duration.ofNanos(1_500_000_001)), Duration.class))
                .isEqualTo(Duration.ofNanos(1_500_000_001));
    }

    @Test
    void equalMapsGiveEqualBytes() {
        Map<String, Object> one = new LinkedHashMap<>(Map.of("a", 1));
        one.put("b", 2);
        Map<String, Object> other = new LinkedHashMap<>(Map.of("b", 2));
        other.put("a", 1);

        assertThat(RecordCodec.write(one)).isEqualTo(RecordCodec.write(other));
    }

    @Test
    void veryLargeServicesArePackedAndEqualOnesGiveEqualBytes() {
        Object service = Objects.requireNonNull(
                Changes.imported(Changes.peer("Alpha", 1), "web", 1000).value());
        byte[] plain = RecordCodec.write(service);
        byte[] packed = RecordCodec.payload(service);

        assertThat(packed.length).isLessThan(plain.length / 10);
        assertThat(Packed.contentLength(packed)).isEqualTo(plain.length);
        assertThat(Packed.contentLength(plain)).isEqualTo(plain.length);
        assertThat(RecordCodec.payload(RecordCodec.value(RecordKind.IMPORTED_SERVICE, plain, new byte[0])))
                .isEqualTo(packed);
    }

    @Test
    void whatANewerReplicaAddedIsIgnored() {
        byte[] newer = "{\"passing\":3,\"warning\":2,\"colour\":{\"a\":[1]}}".getBytes(UTF_8);

        assertThat(RecordCodec.read(newer, Weights.class)).isEqualTo(new Weights(3, 2));
    }

    @Test
    void aPeeringFromBeforeThereWereAddressesOfOperatorsHasNone() {
        String older =
                new String(RecordCodec.write(peering()), UTF_8).replace(",\"manualServerAddresses\":[\"lb:443\"]", "");
        assertThat(older).doesNotContain("lb:443");

        Peering read = RecordCodec.read(older.getBytes(UTF_8), Peering.class);

        assertThat(read.manualServerAddresses()).isEmpty();
        assertThat(read.dialAddresses()).containsExactly("1.2.3.4:5");
    }

    @Test
    void derivedPropertiesAreNotWritten() {
        assertThat(new String(RecordCodec.write(peering()), UTF_8))
                .doesNotContain("dialer")
                .doesNotContain("active");
    }
}
