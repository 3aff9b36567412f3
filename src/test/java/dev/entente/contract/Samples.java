package dev.entente.contract;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.CheckDefinition;
import dev.entente.domain.catalog.Connect;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.PeerMeta;
import dev.entente.domain.catalog.Proxy;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.catalog.ServiceAddress;
import dev.entente.domain.catalog.Weights;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.PeeringId;
import dev.entente.domain.identity.Secret;
import dev.entente.domain.peering.Peering;
import dev.entente.domain.peering.PeeringState;
import dev.entente.domain.peering.Remote;
import dev.entente.domain.trust.CaRoot;
import dev.entente.engine.port.CaStore.KeyedRoot;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Values to store, with a fresh name for each test, because tests share their store. */
public final class Samples {
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Samples() {}

    public static <T> T await(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }

    public static String name(String prefix) {
        return prefix + "-" + NAMES.incrementAndGet();
    }

    public static PeeringId peeringId() {
        return new PeeringId(UUID.randomUUID().toString());
    }

    public static Secret secret() {
        return new Secret(UUID.randomUUID().toString());
    }

    public static Peering peering(PeerName name) {
        return new Peering(
                peeringId(),
                PartitionName.DEFAULT,
                name,
                PeeringState.PENDING,
                Instant.parse("2026-11-23T10:11:12.123456789Z"),
                Map.of("b", "2", "a", "1"),
                "",
                List.of("-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n"),
                "server.dc1.peering.x.consul",
                List.of("127.0.0.1:8503"),
                new Remote("", "dc2"));
    }

    public static Peering withState(Peering peering, PeeringState state) {
        return new Peering(
                peering.id(),
                peering.partition(),
                peering.name(),
                state,
                peering.deletedAt(),
                peering.meta(),
                peering.peerId(),
                peering.caPems(),
                peering.serverName(),
                peering.serverAddresses(),
                peering.remote());
    }

    public static Node node(String name) {
        return new Node(
                UUID.randomUUID().toString(), name, "10.0.0.1", "dc1", Map.of("lan", "10.0.0.1"), Map.of("rack", "7"));
    }

    /** A service with everything a service can have. */
    public static Service richService(String id) {
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        config.put("z_float", 1.5);
        config.put("big", 12_345_678_901L);
        config.put("exponent", 1e21);
        config.put("nothing", null);
        config.put("nested", Map.of("list", Arrays.asList(1, "two", false)));
        Proxy.Upstream upstream = new Proxy.Upstream(
                "service",
                "",
                "",
                "",
                "db",
                "dc1",
                "127.0.0.1",
                9191,
                "",
                "",
                Map.of("protocol", "http"),
                "local",
                true);
        Proxy proxy = new Proxy(
                "web",
                "web-1",
                "127.0.0.1",
                8080,
                "",
                "transparent",
                config,
                List.of(upstream),
                "remote",
                new Proxy.Expose(true, List.of(new Proxy.ExposePath(1, "/m", 2, "http", true))),
                new Proxy.TransparentProxy(15_001, true));
        return new Service(
                Service.CONNECT_PROXY,
                id,
                "web-sidecar-proxy",
                List.of("v2", "v1"),
                "10.0.0.9",
                Map.of("wan", new ServiceAddress("1.2.3.4", 80)),
                Map.of("text with \u0000 and \u001f", "ü \"quoted\""),
                20_000,
                "/run/s.sock",
                new Weights(0, 3),
                true,
                proxy.addedTo(proxy.withUpstreams(List.of())),
                new Connect(true, new PeerMeta(List.of("sni"), List.of("spiffe://x"), "http")));
    }

    public static Check nodeCheck(String node, String id, String status) {
        return check(node, id, Service.typical("", "", 0), status);
    }

    public static Check check(String node, String id, Service service, String status) {
        return new Check(
                node,
                id,
                "name of " + id,
                status,
                "notes",
                "output",
                service.id(),
                service.name(),
                service.tags(),
                "http",
                "10s",
                "1s",
                0,
                CheckDefinition.NONE);
    }

    /** A check whose definition has something in each kind of field. */
    public static Check richCheck(String node, String id, Service service) {
        CheckDefinition run = new CheckDefinition(
                "http://127.0.0.1:1/health",
                "tls",
                true,
                Map.of("X-A", List.of("1", "2")),
                "GET",
                "body",
                true,
                "",
                "",
                "",
                "",
                false,
                Duration.ofSeconds(10),
                4096,
                Duration.ofMillis(1500),
                Duration.ofMinutes(90),
                List.of("sh", "-c", "true"),
                "",
                "",
                "",
                false,
                "",
                "",
                Duration.ofNanos(1),
                1,
                2,
                3);
        return check(node, id, service, Check.CRITICAL).withRun(run);
    }

    public static KeyedRoot root(String id) {
        CaRoot root = new CaRoot(
                id,
                "Consul CA Root",
                7,
                "aa:bb",
                "11111111-2222-3333-4444-555555555555",
                Instant.parse("2026-01-01T00:00:00Z"),
                Instant.parse("2036-01-01T00:00:00Z"),
                "-----BEGIN CERTIFICATE-----\n" + id + "\n-----END CERTIFICATE-----\n",
                List.of(),
                true,
                "ec",
                256,
                0);
        return new KeyedRoot(root, "-----BEGIN PRIVATE KEY-----\nkey-of-" + id + "\n-----END PRIVATE KEY-----\n", null);
    }

    /** A service of a kind that belongs to the mesh; only a proxy has a destination. */
    public static Service ofMesh(String kind, String id, String name, int port, String destination) {
        Proxy none = Proxy.NONE;
        Proxy proxy = new Proxy(
                destination,
                "",
                none.localServiceAddress(),
                none.localServicePort(),
                none.localServiceSocketPath(),
                none.mode(),
                none.config(),
                none.upstreams(),
                none.meshGatewayMode(),
                none.expose(),
                none.transparentProxy());
        Service typical = Service.typical(id, name, port);
        return new Service(
                kind,
                id,
                name,
                List.of(),
                "",
                Map.of(),
                Map.of(),
                port,
                "",
                typical.weights(),
                false,
                proxy,
                Connect.NONE);
    }
}
