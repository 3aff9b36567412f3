package dev.entente.domain.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.entente.domain.config.IngressGatewayEntry;
import dev.entente.domain.config.IngressGatewayEntry.ExposedService;
import dev.entente.domain.config.IngressGatewayEntry.Limits;
import dev.entente.domain.config.IngressGatewayEntry.Listener;
import dev.entente.domain.config.IngressGatewayEntry.Tls;
import dev.entente.domain.config.TerminatingGatewayEntry;
import dev.entente.domain.config.TerminatingGatewayEntry.LinkedService;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GatewayServicesTest {
    /** Plain: redis, web; with a proxy: web; only native: lonely; outside: ext; our own servers. */
    private static final LocalServices SERVICES = new LocalServices() {
        @Override
        public Collection<String> names() {
            return List.of("consul", "ext", "lonely", "redis", "web");
        }

        @Override
        public boolean isRegistered(String service) {
            return !service.equals("ext") && names().contains(service);
        }

        @Override
        public boolean hasPlainInstances(String service) {
            return Set.of("redis", "web", "consul").contains(service);
        }

        @Override
        public boolean isInMesh(String service) {
            return Set.of("web", "lonely").contains(service);
        }

        @Override
        public boolean isDestination(String service) {
            return service.equals("ext");
        }

        @Override
        public String protocol(String service) {
            return service.equals("web") ? "http" : "tcp";
        }
    };

    @Test
    void behindAWildcardATerminatingGatewayLeadsToWhatIsOutsideTheMesh() {
        TerminatingGatewayEntry entry = new TerminatingGatewayEntry(
                "term",
                List.of(
                        new LinkedService("redis", "ca", "cert", "key", "sni"),
                        new LinkedService("*", "all", "", "", "")),
                Map.of());

        List<GatewayService> found = GatewayServices.of(entry, SERVICES);

        assertThat(found)
                .extracting(GatewayService::service, GatewayService::serviceKind, GatewayService::fromWildcard)
                .containsExactly(
                        tuple("ext", "destination", true), tuple("redis", "service", false), tuple("web", "", true));
        assertThat(found).extracting(service -> service.tls().caFile()).containsExactly("all", "ca", "all");
    }

    @Test
    void behindAWildcardAnIngressGatewayLeadsToWhatIsInTheMeshAndSpeaksAsThePortDoes() {
        IngressGatewayEntry entry = new IngressGatewayEntry(
                "in",
                Tls.NONE,
                List.of(
                        new Listener(80, "http", null, List.of(exposed("*"))),
                        new Listener(90, "tcp", null, List.of(exposed("redis")))),
                null,
                Map.of());

        assertThat(GatewayServices.of(entry, SERVICES))
                .extracting(GatewayService::service, GatewayService::port, GatewayService::fromWildcard)
                .containsExactly(tuple("redis", 90, false), tuple("web", 80, true));
    }

    private static ExposedService exposed(String name) {
        return new ExposedService(name, List.of(), null, null, null, new Limits(0, 0, 0), Map.of());
    }
}
