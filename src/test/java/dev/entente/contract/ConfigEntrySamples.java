package dev.entente.contract;

import dev.entente.domain.catalog.Proxy;
import dev.entente.domain.config.ConfigEntry;
import dev.entente.domain.config.ExportedServicesEntry;
import dev.entente.domain.config.ExportedServicesEntry.Consumer;
import dev.entente.domain.config.ExportedServicesEntry.ExportedService;
import dev.entente.domain.config.HeaderMatch;
import dev.entente.domain.config.HeaderModifiers;
import dev.entente.domain.config.IngressGatewayEntry;
import dev.entente.domain.config.LoadBalancer;
import dev.entente.domain.config.MeshEntry;
import dev.entente.domain.config.ProxyDefaultsEntry;
import dev.entente.domain.config.SamenessGroupEntry;
import dev.entente.domain.config.ServiceDefaultsEntry;
import dev.entente.domain.config.ServiceIntentionsEntry;
import dev.entente.domain.config.ServiceIntentionsEntry.HttpPermission;
import dev.entente.domain.config.ServiceIntentionsEntry.Permission;
import dev.entente.domain.config.ServiceIntentionsEntry.Source;
import dev.entente.domain.config.ServiceResolverEntry;
import dev.entente.domain.config.ServiceRouterEntry;
import dev.entente.domain.config.ServiceSplitterEntry;
import dev.entente.domain.config.TerminatingGatewayEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Entries of all kinds, with as much in them as can be: what is written must be read back. */
public final class ConfigEntrySamples {
    private static final Map<String, String> META = Map.of("b", "2", "a", "1");
    private static final HeaderModifiers HEADERS =
            new HeaderModifiers(Map.of("a", "1"), Map.of("s", "2"), List.of("r"));

    private ConfigEntrySamples() {}

    public static Stream<ConfigEntry> ofAllKinds() {
        return Stream.of(
                exports(),
                intentions(),
                serviceDefaults(),
                ServiceDefaultsSamples.tcp(Samples.name("plain")),
                proxyDefaults(),
                router(),
                splitter(),
                resolver(),
                ServiceResolverEntry.defaultOf(Samples.name("default")),
                ingress(),
                new TerminatingGatewayEntry(
                        Samples.name("gateway"),
                        List.of(new TerminatingGatewayEntry.LinkedService("*", "ca", "cert", "key", "sni")),
                        META),
                mesh(),
                new SamenessGroupEntry(
                        Samples.name("group"),
                        true,
                        true,
                        List.of(new SamenessGroupEntry.Member("", "peer-a"), new SamenessGroupEntry.Member("part", "")),
                        META));
    }

    /** Entries that say little. */
    public static final class ServiceDefaultsSamples {
        private ServiceDefaultsSamples() {}

        public static ServiceDefaultsEntry tcp(String name) {
            return ofProtocol(name, "");
        }

        public static ServiceDefaultsEntry ofProtocol(String name, String protocol) {
            return new ServiceDefaultsEntry(
                    name,
                    protocol,
                    "",
                    new Proxy.TransparentProxy(0, false),
                    "",
                    new Proxy.Expose(false, List.of()),
                    "",
                    null,
                    null,
                    0,
                    0,
                    0,
                    "",
                    Map.of());
        }
    }

    private static ConfigEntry exports() {
        ExportedService exported =
                new ExportedService("web", "", List.of(new Consumer("", "peer-a"), new Consumer("", "peer-b")));
        return new ExportedServicesEntry(Samples.name("export"), List.of(exported), META);
    }

    private static ConfigEntry intentions() {
        HttpPermission http = new HttpPermission(
                "/x", "", "", List.of(new HeaderMatch("h", true, "", "p", "", "", true)), List.of("GET"));
        Source source = new Source(
                "api",
                "",
                List.of(new Permission("allow", http), new Permission("deny", null)),
                9,
                "",
                "consul",
                "why",
                Map.of("k", "v"),
                Instant.parse("2026-01-02T03:04:05.000000006Z"),
                null,
                "peer-a",
                "");
        return new ServiceIntentionsEntry(Samples.name("web"), List.of(source), Map.of());
    }

    private static ConfigEntry serviceDefaults() {
        ServiceDefaultsEntry.Upstream upstream = new ServiceDefaultsEntry.Upstream(
                "db",
                "{}",
                "{\"a\":1}",
                "grpc",
                7,
                new ServiceDefaultsEntry.Limits(0, null, 5),
                new ServiceDefaultsEntry.PassiveHealthCheck(Duration.ofMillis(1500), 3, 0L),
                "remote",
                "exact_balance");
        return new ServiceDefaultsEntry(
                Samples.name("web"),
                "http",
                "transparent",
                new Proxy.TransparentProxy(15001, true),
                "local",
                new Proxy.Expose(true, List.of(new Proxy.ExposePath(1, "/m", 2, "http", true))),
                "sni.example",
                new ServiceDefaultsEntry.Upstreams(List.of(upstream), upstream),
                new ServiceDefaultsEntry.Destination(List.of("a.example"), 443),
                1,
                2,
                3,
                "exact_balance",
                META);
    }

    private static ConfigEntry proxyDefaults() {
        return new ProxyDefaultsEntry(
                ProxyDefaultsEntry.NAME,
                new TreeMap<>(Map.of("protocol", "http", "deep", Map.of("Key", List.of("x", true, 2.5)))),
                "direct",
                new Proxy.TransparentProxy(0, true),
                "none",
                new Proxy.Expose(true, List.of()),
                META);
    }

    private static ConfigEntry router() {
        ServiceRouterEntry.HttpMatch http = new ServiceRouterEntry.HttpMatch(
                "/a",
                "",
                "",
                List.of(new HeaderMatch("h", true, "", "", "", "", true)),
                List.of(new ServiceRouterEntry.QueryMatch("q", false, "e", "")),
                List.of("GET"));
        ServiceRouterEntry.Destination destination = new ServiceRouterEntry.Destination(
                "api",
                "v1",
                "ns",
                "part",
                "/",
                Duration.ofSeconds(15),
                3,
                true,
                List.of("reset"),
                List.of(503L),
                HEADERS,
                HEADERS);
        return new ServiceRouterEntry(
                Samples.name("web"),
                List.of(
                        new ServiceRouterEntry.Route(new ServiceRouterEntry.Match(http), destination),
                        new ServiceRouterEntry.Route(null, null)),
                META);
    }

    private static ConfigEntry splitter() {
        return new ServiceSplitterEntry(
                Samples.name("web"),
                List.of(
                        new ServiceSplitterEntry.Split(33.33f, "", "v1", "", "", HEADERS, null),
                        new ServiceSplitterEntry.Split(66.67f, "api", "", "ns", "part", null, HEADERS)),
                META);
    }

    private static ConfigEntry resolver() {
        ServiceResolverEntry.Place place = new ServiceResolverEntry.Place("api", "", "", "", "dc2", "");
        LoadBalancer balancer = new LoadBalancer(
                "ring_hash",
                new LoadBalancer.RingHash(1, 9),
                new LoadBalancer.LeastRequest(2),
                List.of(new LoadBalancer.HashPolicy(
                        "cookie", "c", new LoadBalancer.Cookie(true, Duration.ofSeconds(3), "/p"), true, true)));
        return new ServiceResolverEntry(
                Samples.name("web"),
                "v1",
                new TreeMap<>(Map.of("v1", new ServiceResolverEntry.Subset("Service.Meta.v == 1", true))),
                place,
                new TreeMap<>(
                        Map.of("*", new ServiceResolverEntry.Failover("a", "b", "c", List.of("dc2"), List.of(place)))),
                Duration.ofMillis(1500),
                balancer,
                META);
    }

    private static ConfigEntry ingress() {
        IngressGatewayEntry.Secret secret = new IngressGatewayEntry.Secret("c", "r");
        IngressGatewayEntry.Tls tls = new IngressGatewayEntry.Tls(true, secret, "TLSv1_1", "TLSv1_2", List.of("suite"));
        IngressGatewayEntry.Limits limits = new IngressGatewayEntry.Limits(1, 2, 3);
        IngressGatewayEntry.ExposedService service = new IngressGatewayEntry.ExposedService(
                "web", List.of("h"), new IngressGatewayEntry.ServiceTls(secret), HEADERS, null, limits, META);
        return new IngressGatewayEntry(
                Samples.name("gateway"),
                tls,
                List.of(new IngressGatewayEntry.Listener(8080, "http", tls, List.of(service))),
                limits,
                META);
    }

    private static ConfigEntry mesh() {
        MeshEntry.Direction direction = new MeshEntry.Direction("TLSv1_2", "TLSv1_3", List.of("suite"));
        return new MeshEntry(true, new MeshEntry.Tls(direction, null), false, true, META);
    }
}
