package dev.entente.domain.config;

import dev.entente.domain.identity.Outcome;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which services a gateway shows to the outside, and on which ports. */
public record IngressGatewayEntry(
        String name,
        Tls tls,
        List<Listener> listeners,
        @Nullable Limits defaults,
        Map<String, String> meta) implements ConfigEntry {
    public static final String KIND = "ingress-gateway";

    public IngressGatewayEntry {
        listeners = List.copyOf(listeners);
        meta = Map.copyOf(meta);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome<IngressGatewayEntry> normalised() {
        IngressGatewayEntry normal = IngressRules.normalised(this);
        return ConfigEntry.unless(IngressRules.fault(normal), normal);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
        return cases.ingressGateway(this);
    }

    /** TLS of a gateway or one of its ports. */
    public record Tls(
            boolean enabled, @Nullable Secret secret, String minVersion, String maxVersion, List<String> cipherSuites) {
        public static final Tls NONE = new Tls(false, null, "", "", List.of());

        public Tls {
            cipherSuites = List.copyOf(cipherSuites);
        }
    }

    /** Where a certificate is fetched from: a name, never the certificate itself. */
    public record Secret(String clusterName, String certResource) {}

    /** How much may go on at once. */
    public record Limits(long maxConnections, long maxPendingRequests, long maxConcurrentRequests) {}

    /** One port. */
    public record Listener(
            int port, String protocol, @Nullable Tls tls, List<ExposedService> services) {
        public Listener {
            services = List.copyOf(services);
        }
    }

    /**
     * A service behind a port.
     *
     * @param name or {@code *}
     * @param tls null when nothing is said
     */
    public record ExposedService(
            String name,
            List<String> hosts,
            @Nullable ServiceTls tls,
            @Nullable HeaderModifiers requestHeaders,
            @Nullable HeaderModifiers responseHeaders,
            Limits limits,
            Map<String, String> meta) {
        public ExposedService {
            hosts = List.copyOf(hosts);
            meta = Map.copyOf(meta);
        }
    }

    /** The certificate of one service. */
    public record ServiceTls(@Nullable Secret secret) {}
}
