package dev.entente.domain.chain;

import dev.entente.contract.ConfigEntrySamples.ServiceDefaultsSamples;
import dev.entente.domain.catalog.Proxy;
import dev.entente.domain.config.ConfigEntry;
import dev.entente.domain.config.ConfigKind;
import dev.entente.domain.config.ProxyDefaultsEntry;
import dev.entente.domain.config.ServiceResolverEntry;
import dev.entente.domain.config.ServiceResolverEntry.Failover;
import dev.entente.domain.config.ServiceResolverEntry.Place;
import dev.entente.domain.config.ServiceRouterEntry;
import dev.entente.domain.config.ServiceSplitterEntry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Entries in a map, with short ways to write them. */
public final class EntrySet implements EntrySource {
    private final Map<String, ConfigEntry> entries = new HashMap<>();

    public static EntrySet of(ConfigEntry... entries) {
        EntrySet set = new EntrySet();
        for (ConfigEntry entry : entries) {
            set.entries.put(entry.kind() + "/" + entry.name(), entry);
        }
        return set;
    }

    @Override
    public Optional<ConfigEntry> find(ConfigKind kind, String name) {
        return Optional.ofNullable(entries.get(kind.text() + "/" + name));
    }

    public static ConfigEntry speaks(String service, String protocol) {
        return ServiceDefaultsSamples.ofProtocol(service, protocol);
    }

    public static ConfigEntry allSpeak(String protocol) {
        return new ProxyDefaultsEntry(
                ProxyDefaultsEntry.NAME,
                Map.of("protocol", protocol),
                "",
                new Proxy.TransparentProxy(0, false),
                "",
                new Proxy.Expose(false, List.of()),
                Map.of());
    }

    public static ConfigEntry redirect(String service, Place to) {
        return resolver(service, to, Map.of());
    }

    public static ConfigEntry failover(String service, Place... to) {
        return resolver(service, null, Map.of("*", new Failover("", "", "", List.of(), List.of(to))));
    }

    private static ConfigEntry resolver(String service, Place redirect, Map<String, Failover> failover) {
        return new ServiceResolverEntry(
                service, "", new TreeMap<>(), redirect, new TreeMap<>(failover), Duration.ZERO, null, Map.of());
    }

    public static Place service(String name) {
        return new Place(name, "", "", "", "", "");
    }

    public static Place atPeer(String service, String peer) {
        return new Place(service, "", "", "", "", peer);
    }

    public static ConfigEntry splitter(String service, String... others) {
        float each = 100f / others.length;
        List<ServiceSplitterEntry.Split> splits = java.util.Arrays.stream(others)
                .map(other -> new ServiceSplitterEntry.Split(each, other, "", "", "", null, null))
                .toList();
        return new ServiceSplitterEntry(service, splits, Map.of());
    }

    public static ConfigEntry router(String service, String... others) {
        List<ServiceRouterEntry.Route> routes = java.util.Arrays.stream(others)
                .map(other -> new ServiceRouterEntry.Route(null, ServiceRouterEntry.Destination.to(other, "", "")))
                .toList();
        return new ServiceRouterEntry(service, routes, Map.of());
    }
}
