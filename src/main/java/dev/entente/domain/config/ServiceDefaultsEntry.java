package dev.entente.domain.config;

import dev.entente.domain.catalog.Proxy;
import dev.entente.domain.identity.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What holds for all instances of a service (protocol chapters 5.4 and 6.6).
 *
 * @param protocol for example {@code tcp} or {@code http}; empty for {@code tcp}, whatever the proxy-defaults say
 * @param meshGatewayMode empty when unset
 */
public record ServiceDefaultsEntry(
        String name,
        String protocol,
        String mode,
        Proxy.TransparentProxy transparentProxy,
        String meshGatewayMode,
        Proxy.Expose expose,
        String externalSni,
        @Nullable Upstreams upstreams,
        @Nullable Destination destination,
        int maxInboundConnections,
        int localConnectTimeoutMs,
        int localRequestTimeoutMs,
        String balanceInboundConnections,
        Map<String, String> meta)
        implements ConfigEntry {
    public static final String KIND = "service-defaults";

    public ServiceDefaultsEntry {
        meta = Map.copyOf(meta);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome<ServiceDefaultsEntry> normalised() {
        ServiceDefaultsEntry normal = ServiceDefaultsRules.normalised(this);
        return ConfigEntry.unless(ServiceDefaultsRules.fault(normal), normal);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
        return cases.serviceDefaults(this);
    }

    /** How the service calls others: each by name, and those that are not named. */
    public record Upstreams(
            List<Upstream> overrides, @Nullable Upstream defaults) {
        public Upstreams {
            overrides = List.copyOf(overrides);
        }
    }

    /** How the service calls one other. */
    public record Upstream(
            String name,
            String envoyListenerJson,
            String envoyClusterJson,
            String protocol,
            int connectTimeoutMs,
            @Nullable Limits limits,
            @Nullable PassiveHealthCheck passiveHealthCheck,
            String meshGatewayMode,
            String balanceOutboundConnections) {}

    /** How much may go on at once; null where nothing is set. */
    public record Limits(
            @Nullable Integer maxConnections,
            @Nullable Integer maxPendingRequests,
            @Nullable Integer maxConcurrentRequests) {}

    /** When an instance is taken out because calls to it fail. */
    public record PassiveHealthCheck(
            Duration interval, long maxFailures, @Nullable Long enforcingConsecutive5xx) {}

    /** Where a service is that has no instances here. */
    public record Destination(List<String> addresses, int port) {
        public Destination {
            addresses = List.copyOf(addresses);
        }
    }
}
