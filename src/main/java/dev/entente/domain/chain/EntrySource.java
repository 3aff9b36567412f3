package dev.entente.domain.chain;

import dev.entente.domain.config.ConfigEntry;
import dev.entente.domain.config.ConfigKind;
import dev.entente.domain.config.ProxyDefaultsEntry;
import dev.entente.domain.config.ServiceDefaultsEntry;
import dev.entente.domain.config.ServiceResolverEntry;
import dev.entente.domain.config.ServiceRouterEntry;
import dev.entente.domain.config.ServiceSplitterEntry;
import java.util.Optional;

/** The config entries of a partition: as they are, or as they would be after a write. */
@FunctionalInterface
public interface EntrySource {

    Optional<ConfigEntry> find(ConfigKind kind, String name);

    private <T extends ConfigEntry> Optional<T> find(ConfigKind kind, String name, Class<T> type) {
        return find(kind, name).filter(type::isInstance).map(type::cast);
    }

    default Optional<ServiceDefaultsEntry> serviceDefaults(String service) {
        return find(ConfigKind.SERVICE_DEFAULTS, service, ServiceDefaultsEntry.class);
    }

    default Optional<ProxyDefaultsEntry> proxyDefaults() {
        return find(ConfigKind.PROXY_DEFAULTS, ProxyDefaultsEntry.NAME, ProxyDefaultsEntry.class);
    }

    default Optional<ServiceRouterEntry> router(String service) {
        return find(ConfigKind.SERVICE_ROUTER, service, ServiceRouterEntry.class);
    }

    default Optional<ServiceSplitterEntry> splitter(String service) {
        return find(ConfigKind.SERVICE_SPLITTER, service, ServiceSplitterEntry.class);
    }

    default Optional<ServiceResolverEntry> resolver(String service) {
        return find(ConfigKind.SERVICE_RESOLVER, service, ServiceResolverEntry.class);
    }
}
