package dev.entente.domain.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.catalog.Connect;
import dev.entente.domain.catalog.Proxy;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.catalog.Weights;
import dev.entente.domain.config.ProxyDefaultsEntry;
import dev.entente.domain.config.ServiceDefaultsEntry;
import dev.entente.domain.config.ServiceDefaultsEntry.Limits;
import dev.entente.domain.config.ServiceDefaultsEntry.PassiveHealthCheck;
import dev.entente.domain.config.ServiceDefaultsEntry.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The example that a real server was given, with what it answered. */
class CentralConfigTest {
    private static final Proxy.Expose NO_EXPOSE = new Proxy.Expose(false, List.of());
    private static final EntrySet ENTRIES = EntrySet.of(
            new ProxyDefaultsEntry(
                    ProxyDefaultsEntry.NAME,
                    Map.of("protocol", "http", "x", Map.of("a", 1, "b", 2)),
                    "transparent",
                    new Proxy.TransparentProxy(9, false),
                    "local",
                    new Proxy.Expose(true, List.of()),
                    Map.of()),
            new ServiceDefaultsEntry(
                    "web",
                    "grpc",
                    "",
                    new Proxy.TransparentProxy(0, false),
                    "",
                    NO_EXPOSE,
                    "",
                    new ServiceDefaultsEntry.Upstreams(
                            List.of(
                                    upstream(
                                            "api",
                                            "",
                                            7,
                                            new Limits(3, null, null),
                                            new PassiveHealthCheck(Duration.ofSeconds(2), 4, null),
                                            "remote"),
                                    upstream("db", "", 0, null, null, "")),
                            upstream("", "tcp", 0, null, null, "none")),
                    null,
                    4,
                    0,
                    0,
                    "",
                    Map.of()));

    private static Upstream upstream(
            String name, String protocol, int timeout, Limits limits, PassiveHealthCheck check, String gateway) {
        return new Upstream(name, "", "", protocol, timeout, limits, check, gateway, "");
    }

    @Test
    void aSidecarGetsWhatEntriesSayUnderWhatItSaysItself() {
        Proxy merged = new CentralConfig(ENTRIES)
                .merged(sidecar("connect-proxy", "web"))
                .proxy();

        assertThat(merged.mode()).isEqualTo("transparent");
        assertThat(merged.meshGatewayMode()).isEqualTo("local");
        assertThat(merged.expose().checks()).isTrue();
        assertThat(merged.transparentProxy()).isEqualTo(new Proxy.TransparentProxy(9, false));
        assertThat(merged.config())
                .isEqualTo(Map.of("max_inbound_connections", 4, "protocol", "grpc", "x", Map.of("a", 5, "b", 2)));
        assertThat(merged.upstreams())
                .extracting(Proxy.Upstream::destinationName)
                .containsExactly("api", "other", "*", "db");
        assertThat(merged.upstreams())
                .extracting(Proxy.Upstream::meshGatewayMode)
                .containsExactly("remote", "none", "none", "none");
        assertThat(merged.upstreams().get(0).config())
                .isEqualTo(Map.of(
                        "connect_timeout_ms",
                        7,
                        "limits",
                        withNull(Map.of("MaxConnections", 3), "MaxConcurrentRequests", "MaxPendingRequests"),
                        "passive_health_check",
                        withNull(Map.of("Interval", 2_000_000_000, "MaxFailures", 4), "EnforcingConsecutive5xx"),
                        "protocol",
                        "tcp"));
        assertThat(merged.upstreams().get(1).config()).isEqualTo(Map.of("protocol", "tcp"));
        assertThat(merged.upstreams().get(2).centrallyConfigured()).isTrue();
    }

    @Test
    void aTypicalInstanceStaysAsItIs() {
        Service typical = Service.typical("web", "web", 80);

        assertThat(new CentralConfig(ENTRIES).merged(typical)).isSameAs(typical);
    }

    @Test
    void withoutEntriesNothingChanges() {
        Service sidecar = sidecar("connect-proxy", "web");

        assertThat(new CentralConfig(EntrySet.of()).merged(sidecar)).isEqualTo(sidecar);
    }

    @Test
    void whatIsKeptIsMergedAndKnowsWhatWasRegistered() {
        Service sidecar = sidecar("connect-proxy", "web");
        CentralConfig central = new CentralConfig(ENTRIES);

        Service kept = central.kept(sidecar);

        assertThat(kept.proxy().mode()).isEqualTo("transparent");
        assertThat(kept.proxy().asGiven()).isEqualTo(sidecar.proxy());
        assertThat(central.kept(kept)).isEqualTo(kept);
    }

    @Test
    void entriesThatGoTakeWithThemWhatTheyHadAdded() {
        Service sidecar = sidecar("connect-proxy", "web");
        Service kept = new CentralConfig(ENTRIES).kept(sidecar);

        assertThat(new CentralConfig(EntrySet.of()).kept(kept)).isEqualTo(sidecar);
    }

    private static Map<String, Object> withNull(Map<String, Object> set, String... keys) {
        Map<String, Object> all = new TreeMap<>(set);
        for (String key : keys) {
            all.put(key, null);
        }
        return all;
    }

    private static Service sidecar(String kind, String destination) {
        Proxy proxy = new Proxy(
                destination,
                "",
                "",
                0,
                "",
                "",
                Map.of("x", Map.of("a", 5)),
                List.of(calls("api"), calls("other")),
                "",
                NO_EXPOSE,
                null);
        return new Service(
                kind,
                "web-p",
                "web-p",
                List.of(),
                "",
                Map.of(),
                Map.of(),
                1,
                "",
                Weights.DEFAULT,
                false,
                proxy,
                Connect.NONE);
    }

    private static Proxy.Upstream calls(String name) {
        return new Proxy.Upstream("", "", "", "", name, "", "", 5, "", "", Map.of(), "", false);
    }
}
