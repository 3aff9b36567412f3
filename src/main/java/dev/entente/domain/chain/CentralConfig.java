package dev.entente.domain.chain;

import dev.entente.domain.catalog.Proxy;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.config.ProxyDefaultsEntry;
import dev.entente.domain.config.ServiceDefaultsEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What entries say of a proxy, put under what it says itself: its own word counts first, then the defaults of the service that it
 * stands for, then those of all proxies.
 */
public final class CentralConfig {
    private static final String TRANSPARENT = "transparent";

    private final EntrySource entries;

    public CentralConfig(EntrySource entries) {
        this.entries = entries;
    }

    /**
     * The instance as an agent keeps it in the catalog: merged, with what was registered beside it, which entries are put under
     * again when they change. Keeping what is kept already changes nothing unless an entry has.
     */
    public Service kept(Service instance) {
        if (!isSidecar(instance) && !isGateway(instance)) {
            return instance;
        }
        Proxy given = instance.proxy().asGiven();
        Proxy merged = merged(withProxy(instance, given)).proxy();
        return withProxy(instance, merged.equals(given) ? given : merged.addedTo(given));
    }

    /**
     * The instance as it stands, with what entries say of it; only sidecars and gateways change. What is kept is merged once more, as
     * in Consul: what an entry said of the proxy then counts as its own word, which for the gateways of its upstreams is another.
     */
    public Service merged(Service instance) {
        if (!isSidecar(instance) && !isGateway(instance)) {
            return instance;
        }
        String service = isSidecar(instance) ? instance.proxy().destinationServiceName() : instance.name();
        return withProxy(instance, merged(instance.proxy(), service));
    }

    private static boolean isSidecar(Service instance) {
        return instance.kind().equals(Service.CONNECT_PROXY)
                && !instance.proxy().destinationServiceName().isEmpty();
    }

    private static boolean isGateway(Service instance) {
        return instance.kind().endsWith("-gateway");
    }

    private static Service withProxy(Service instance, Proxy proxy) {
        return instance.withMesh(proxy, instance.connect());
    }

    private Proxy merged(Proxy own, String service) {
        Optional<ProxyDefaultsEntry> all = entries.proxyDefaults();
        Optional<ServiceDefaultsEntry> one = entries.serviceDefaults(service);
        String central = first(one.map(ServiceDefaultsEntry::mode), all.map(ProxyDefaultsEntry::mode));
        String mode = own.mode().isEmpty() ? central : own.mode();
        String gateway =
                first(one.map(ServiceDefaultsEntry::meshGatewayMode), all.map(ProxyDefaultsEntry::meshGatewayMode));
        boolean isTransparent = mode.equals(TRANSPARENT);
        List<Proxy.Upstream> upstreams =
                new CentralUpstreams(entries, all, one, own.meshGatewayMode()).merged(own.upstreams(), isTransparent);
        return new Proxy(
                own.destinationServiceName(),
                own.destinationServiceId(),
                own.localServiceAddress(),
                own.localServicePort(),
                own.localServiceSocketPath(),
                mode,
                FreeMaps.under(own.config(), config(all, one)),
                upstreams,
                own.meshGatewayMode().isEmpty() ? gateway : own.meshGatewayMode(),
                expose(own.expose(), all, one),
                transparentProxy(own.transparentProxy(), all, one));
    }

    private static String first(Optional<String> one, Optional<String> other) {
        return one.filter(text -> !text.isEmpty()).or(() -> other).orElse("");
    }

    private static Map<String, @Nullable Object> config(
            Optional<ProxyDefaultsEntry> all, Optional<ServiceDefaultsEntry> one) {
        Map<String, @Nullable Object> config = new TreeMap<>();
        all.ifPresent(defaults -> config.putAll(defaults.config()));
        one.ifPresent(defaults -> {
            putIfAny(config, "protocol", defaults.protocol());
            putIfAny(config, "balance_inbound_connections", defaults.balanceInboundConnections());
            putIfAny(config, "max_inbound_connections", defaults.maxInboundConnections());
            putIfAny(config, "local_connect_timeout_ms", defaults.localConnectTimeoutMs());
            putIfAny(config, "local_request_timeout_ms", defaults.localRequestTimeoutMs());
        });
        return config;
    }

    private static void putIfAny(Map<String, @Nullable Object> config, String key, String value) {
        if (!value.isEmpty()) {
            config.put(key, value);
        }
    }

    private static void putIfAny(Map<String, @Nullable Object> config, String key, int value) {
        if (value > 0) {
            config.put(key, value);
        }
    }

    private static Proxy.Expose expose(
            Proxy.Expose own, Optional<ProxyDefaultsEntry> all, Optional<ServiceDefaultsEntry> one) {
        Proxy.Expose none = new Proxy.Expose(false, List.of());
        Proxy.Expose ofAll = all.map(ProxyDefaultsEntry::expose).orElse(none);
        Proxy.Expose ofOne = one.map(ServiceDefaultsEntry::expose).orElse(none);
        List<Proxy.ExposePath> central = ofOne.paths().isEmpty() ? ofAll.paths() : ofOne.paths();
        return new Proxy.Expose(
                own.checks() || ofOne.checks() || ofAll.checks(), own.paths().isEmpty() ? central : own.paths());
    }

    private static Proxy.@Nullable TransparentProxy transparentProxy(
            Proxy.@Nullable TransparentProxy given,
            Optional<ProxyDefaultsEntry> all,
            Optional<ServiceDefaultsEntry> one) {
        Proxy.TransparentProxy none = new Proxy.TransparentProxy(0, false);
        Proxy.TransparentProxy own = given == null ? none : given;
        Proxy.TransparentProxy ofAll =
                all.map(ProxyDefaultsEntry::transparentProxy).orElse(none);
        Proxy.TransparentProxy ofOne =
                one.map(ServiceDefaultsEntry::transparentProxy).orElse(none);
        int central = ofOne.outboundListenerPort() == 0 ? ofAll.outboundListenerPort() : ofOne.outboundListenerPort();
        Proxy.TransparentProxy merged = new Proxy.TransparentProxy(
                own.outboundListenerPort() == 0 ? central : own.outboundListenerPort(),
                own.dialedDirectly() || ofOne.dialedDirectly() || ofAll.dialedDirectly());
        return given == null && merged.equals(none) ? null : merged;
    }
}
