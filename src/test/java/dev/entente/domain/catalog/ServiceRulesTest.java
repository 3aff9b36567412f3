package dev.entente.domain.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.catalog.Proxy.Expose;
import dev.entente.domain.catalog.Proxy.ExposePath;
import dev.entente.domain.catalog.Proxy.Upstream;
import dev.entente.domain.catalog.ServiceRules.Sidecar;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The texts are those of the captures. */
class ServiceRulesTest {
    private static final Proxy WEB =
            new Proxy("web", "", "", 0, "", "", Map.of(), List.of(), "", new Expose(false, List.of()), null);

    static Stream<Arguments> wrongServices() {
        return Stream.of(
                wrong(
                        service("connect-proxy", 1, Proxy.NONE),
                        Sidecar.NONE,
                        "Proxy.DestinationServiceName must be non-empty for Connect proxy services"),
                wrong(
                        service("connect-proxy", 0, WEB),
                        Sidecar.NONE,
                        "Port or SocketPath must be set for a connect-proxy"),
                wrong(
                        service("connect-proxy", 0, Proxy.NONE),
                        Sidecar.NONE,
                        "Port or SocketPath must be set for a connect-proxy",
                        "Proxy.DestinationServiceName must be non-empty for Connect proxy services"),
                wrong(
                        service("connect-proxy", 1, WEB).withMesh(WEB, new Connect(true, null)),
                        Sidecar.NONE,
                        "A Proxy cannot also be Connect Native, only typical services"),
                wrong(service("mesh-gateway", 0, Proxy.NONE), Sidecar.NONE, "Port must be non-zero for a mesh-gateway"),
                wrong(
                        service("terminating-gateway", 0, Proxy.NONE),
                        Sidecar.NONE,
                        "Port must be non-zero for a terminating-gateway"),
                wrong(
                        service("mesh-gateway", 1, Proxy.NONE),
                        Sidecar.PLAIN,
                        "A mesh-gateway cannot have a sidecar service defined"),
                wrong(
                        service("ingress-gateway", 1, WEB),
                        Sidecar.NONE,
                        "The Proxy.DestinationServiceName configuration is invalid for a ingress-gateway"),
                wrong(
                        service("", 1, Proxy.NONE),
                        Sidecar.WITH_ID,
                        "A SidecarService cannot specify an ID as this is managed by the agent"),
                wrong(
                        service("", 1, Proxy.NONE),
                        Sidecar.NESTED,
                        "A SidecarService cannot have a nested SidecarService"),
                wrong(
                        service("connect-proxy", 1, exposing(path("", 2))),
                        Sidecar.NONE,
                        "expose.paths: empty path exposed"),
                wrong(
                        service("connect-proxy", 1, exposing(path("/a", 2), path("/b", 2))),
                        Sidecar.NONE,
                        "expose.paths: duplicate listener ports exposed"),
                wrong(
                        service("connect-proxy", 1, exposing(path("/a", 0), path("/b", 70000))),
                        Sidecar.NONE,
                        "expose.paths: invalid listener port: 0",
                        "expose.paths: invalid listener port: 70000"),
                wrong(
                        proxied(upstream("service", "", "", 1)),
                        Sidecar.NONE,
                        "upstream destination name cannot be empty"),
                wrong(
                        proxied(upstream("service", "*", "", 1)),
                        Sidecar.NONE,
                        "upstream destination name cannot be a wildcard"),
                wrong(
                        proxied(upstream("service", "a", "", 0)),
                        Sidecar.NONE,
                        "upstream local bind port or local socket path must be defined and nonzero"),
                wrong(
                        proxied(upstream("nope", "a", "", 1)),
                        Sidecar.NONE,
                        "unknown upstream destination type: \"nope\""),
                wrong(
                        proxied(upstream("service", "a", "p1", 1), upstream("service", "a", "p1", 2)),
                        Sidecar.NONE,
                        "upstreams cannot contain duplicates of [type=\"service\", name=\"a\", partition=\"\","
                                + " namespace=\"\", peer=\"p1\", datacenter=\"\"]"),
                wrong(
                        proxied(upstream("service", "a", "", 1), upstream("service", "b", "", 1)),
                        Sidecar.NONE,
                        "upstreams cannot contain duplicates by local bind address and port or unix path;"
                                + " \"127.0.0.1:1\" is specified twice"));
    }

    @ParameterizedTest
    @MethodSource("wrongServices")
    void allComplaintsComeAsOneText(Service service, Sidecar sidecar, List<String> complaints) {
        assertThat(ServiceRules.complaints(service, sidecar)).contains(MultiError.text(complaints));
    }

    @Test
    void theTextCountsItsComplaints() {
        assertThat(MultiError.text(List.of("a"))).isEqualTo("1 error occurred:\n\t* a\n\n");
        assertThat(MultiError.text(List.of("a", "b"))).isEqualTo("2 errors occurred:\n\t* a\n\t* b\n\n");
    }

    @Test
    void usualServicesAreFine() {
        assertThat(Stream.of(
                        service("", 0, Proxy.NONE),
                        service("nope", 1, Proxy.NONE),
                        service("ingress-gateway", 0, Proxy.NONE),
                        service("connect-proxy", 1, WEB)))
                .allMatch(service ->
                        ServiceRules.complaints(service, Sidecar.NONE).isEmpty());
    }

    @Test
    void weightsHaveBounds() {
        assertThat(ServiceRules.weightsComplaint(new Weights(0, 1))).contains("Passing must be greater than 0");
        assertThat(ServiceRules.weightsComplaint(new Weights(1, -1)))
                .contains("Warning must be greater or equal than 0");
        assertThat(ServiceRules.weightsComplaint(new Weights(70000, 1)))
                .contains("DNS Weight must be between 0 and 65535");
        assertThat(ServiceRules.weightsComplaint(new Weights(1, 70000)))
                .contains("DNS Weight must be between 0 and 65535");
        assertThat(ServiceRules.weightsComplaint(new Weights(65535, 0))).isEmpty();
    }

    private static Arguments wrong(Service service, Sidecar sidecar, String... complaints) {
        return Arguments.of(service, sidecar, List.of(complaints));
    }

    private static Service service(String kind, int port, Proxy proxy) {
        return new Service(
                kind,
                "p",
                "p",
                List.of(),
                "",
                Map.of(),
                Map.of(),
                port,
                "",
                Weights.DEFAULT,
                false,
                proxy,
                Connect.NONE);
    }

    private static Service proxied(Upstream... upstreams) {
        return service("connect-proxy", 1, WEB.withUpstreams(List.of(upstreams)));
    }

    private static Upstream upstream(String type, String name, String peer, int port) {
        return new Upstream(type, "", "", peer, name, "", "", port, "", "", Map.of(), "", false);
    }

    private static Proxy exposing(ExposePath... paths) {
        return new Proxy("web", "", "", 0, "", "", Map.of(), List.of(), "", new Expose(false, List.of(paths)), null);
    }

    private static ExposePath path(String path, int listener) {
        return new ExposePath(listener, path, 1, "", false);
    }
}
