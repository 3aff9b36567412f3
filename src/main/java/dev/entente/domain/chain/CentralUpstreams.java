package dev.entente.domain.chain;

import dev.entente.domain.catalog.Proxy;
import dev.entente.domain.config.ProxyDefaultsEntry;
import dev.entente.domain.config.ServiceDefaultsEntry;
import dev.entente.domain.config.ServiceDefaultsEntry.Limits;
import dev.entente.domain.config.ServiceDefaultsEntry.PassiveHealthCheck;
import dev.entente.domain.config.ServiceDefaultsEntry.Upstream;
import dev.entente.domain.config.ServiceDefaultsEntry.Upstreams;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What entries say of the services that a proxy calls. */
final class CentralUpstreams {
    private static final String NAMESPACE = "default";
    private static final String MESH_GATEWAY = "mesh_gateway";
    private static final String MODE = "Mode";
    /** The key of what holds for services that are not named. */
    private static final String ANY = "*";

    private final EntrySource entries;
    private final String globalProtocol;
    private final Map<String, Upstream> overrides = new HashMap<>();
    private final @Nullable Upstream defaults;
    private final String proxyGatewayMode;

    CentralUpstreams(
            EntrySource entries,
            Optional<ProxyDefaultsEntry> all,
            Optional<ServiceDefaultsEntry> one,
            String proxyGatewayMode) {
        this.entries = entries;
        this.proxyGatewayMode = proxyGatewayMode;
        globalProtocol = all.map(ProxyDefaultsEntry::protocol).orElse("");
        Upstreams declared = one.map(ServiceDefaultsEntry::upstreams).orElse(null);
        if (declared != null) {
            declared.overrides().forEach(override -> overrides.put(override.name(), override));
        }
        defaults = declared == null ? null : declared.defaults();
    }

    /** The upstreams with what entries say; a transparent proxy also gets those that only entries name. */
    List<Proxy.Upstream> merged(List<Proxy.Upstream> own, boolean isTransparent) {
        Set<String> named = new HashSet<>();
        List<Proxy.Upstream> merged = new ArrayList<>();
        for (Proxy.Upstream upstream : own) {
            boolean isService = Set.of("", "service").contains(upstream.destinationType());
            if (isService) {
                named.add(upstream.destinationName());
            }
            merged.add(isService ? merged(upstream) : upstream);
        }
        if (isTransparent) {
            central().forEach((name, config) -> {
                if (!named.contains(name)) {
                    merged.add(upstream(name, config));
                }
            });
        }
        return merged;
    }

    private Proxy.Upstream merged(Proxy.Upstream own) {
        Map<String, @Nullable Object> central = of(own.destinationName());
        if (central.isEmpty()) {
            return own;
        }
        Map<String, @Nullable Object> config = FreeMaps.under(own.config(), central);
        config.remove(MESH_GATEWAY);
        return new Proxy.Upstream(
                own.destinationType(),
                own.destinationNamespace(),
                own.destinationPartition(),
                own.destinationPeer(),
                own.destinationName(),
                own.datacenter(),
                own.localBindAddress(),
                own.localBindPort(),
                own.localBindSocketPath(),
                own.localBindSocketMode(),
                config,
                own.meshGatewayMode().isEmpty() ? modeOf(central) : own.meshGatewayMode(),
                own.centrallyConfigured());
    }

    private static String modeOf(Map<String, @Nullable Object> config) {
        return config.get(MESH_GATEWAY) instanceof Map<?, ?> gateway && gateway.get(MODE) instanceof String mode
                ? mode
                : "";
    }

    private SortedMap<String, Map<String, @Nullable Object>> central() {
        SortedMap<String, Map<String, @Nullable Object>> central = new TreeMap<>();
        for (String name : new TreeSet<>(overrides.keySet())) {
            Map<String, @Nullable Object> config = of(name);
            if (!config.isEmpty()) {
                central.put(name, config);
            }
        }
        if (defaults != null) {
            Map<String, @Nullable Object> config = new TreeMap<>();
            put(config, defaults);
            central.put(ANY, config);
        }
        return central;
    }

    private static Proxy.Upstream upstream(String name, Map<String, @Nullable Object> config) {
        return new Proxy.Upstream("", NAMESPACE, "default", "", name, "", "", 0, "", "", config, modeOf(config), true);
    }

    /** How a service is to be called: what it speaks, then what holds for all, then what the caller says of it. */
    private Map<String, @Nullable Object> of(String name) {
        Map<String, @Nullable Object> config = new TreeMap<>();
        String protocol = entries.serviceDefaults(name)
                .map(ServiceDefaultsEntry::protocol)
                .filter(spoken -> !spoken.isEmpty())
                .orElse(globalProtocol);
        putIfAny(config, "protocol", protocol);
        if (defaults != null) {
            put(config, defaults);
        }
        if (!proxyGatewayMode.isEmpty()) {
            config.put(MESH_GATEWAY, Map.of(MODE, proxyGatewayMode));
        }
        Upstream override = overrides.get(name);
        if (override != null) {
            put(config, override);
        }
        return config;
    }

    private static void put(Map<String, @Nullable Object> config, Upstream upstream) {
        putIfAny(config, "envoy_listener_json", upstream.envoyListenerJson());
        putIfAny(config, "envoy_cluster_json", upstream.envoyClusterJson());
        putIfAny(config, "protocol", upstream.protocol());
        if (upstream.connectTimeoutMs() != 0) {
            config.put("connect_timeout_ms", upstream.connectTimeoutMs());
        }
        if (!upstream.meshGatewayMode().isEmpty()) {
            config.put(MESH_GATEWAY, Map.of(MODE, upstream.meshGatewayMode()));
        }
        Limits limits = upstream.limits();
        if (limits != null) {
            config.put("limits", shown(limits));
        }
        PassiveHealthCheck check = upstream.passiveHealthCheck();
        if (check != null) {
            config.put("passive_health_check", shown(check));
        }
        putIfAny(config, "balance_outbound_connections", upstream.balanceOutboundConnections());
    }

    private static void putIfAny(Map<String, @Nullable Object> config, String key, String value) {
        if (!value.isEmpty()) {
            config.put(key, value);
        }
    }

    /** Also what is not set: so it stands in Consul's catalog. */
    private static Map<String, @Nullable Object> shown(Limits limits) {
        Map<String, @Nullable Object> shown = new TreeMap<>();
        shown.put("MaxConnections", limits.maxConnections());
        shown.put("MaxPendingRequests", limits.maxPendingRequests());
        shown.put("MaxConcurrentRequests", limits.maxConcurrentRequests());
        return shown;
    }

    private static Map<String, @Nullable Object> shown(PassiveHealthCheck check) {
        Long enforcing = check.enforcingConsecutive5xx();
        Map<String, @Nullable Object> shown = new TreeMap<>();
        shown.put("Interval", smallest(check.interval().toNanos()));
        shown.put("MaxFailures", smallest(check.maxFailures()));
        shown.put("EnforcingConsecutive5xx", enforcing == null ? null : smallest(enforcing));
        return shown;
    }

    /** Of the type as which it is read again, so that what was stored equals what is computed. */
    private static Number smallest(long value) {
        if (value == (int) value) {
            return (int) value;
        }
        return value;
    }
}
