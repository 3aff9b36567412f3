package dev.entente.domain.catalog;

import dev.entente.domain.catalog.ServiceSummary.Checks;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Sums instances up by service (protocol chapter 6.10). A proxy counts for itself, and its checks also for the service that it stands
 * before; so a name can appear that has no instance of its own.
 */
public final class ServiceSummaries {
    private static final String TRANSPARENT = "transparent";

    private final Map<Key, Sum> sums = new TreeMap<>();

    private record Key(String name, String peer) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::name).thenComparing(Key::peer);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /** What is known of one service so far. */
    private static final class Sum {
        private final List<String> nodes = new ArrayList<>();
        private final Set<String> tags = new TreeSet<>();
        private final Set<String> externalSources = new LinkedHashSet<>();
        private final Map<String, Check> checks = new HashMap<>();
        private String kind = "";
        private String datacenter = "";
        private boolean connectNative;
        private int proxies;
        private int transparentProxies;

        ServiceSummary toSummary(Key key) {
            List<String> sortedNodes = nodes.stream().sorted().toList();
            return new ServiceSummary(
                    key.peer(),
                    kind,
                    key.name(),
                    datacenter,
                    List.copyOf(tags),
                    sortedNodes,
                    List.copyOf(externalSources),
                    new Checks(count(Check.PASSING), count(Check.WARNING), count(Check.CRITICAL)),
                    proxies > 0 && proxies == transparentProxies,
                    connectNative,
                    proxies > 0);
        }

        private int count(String status) {
            return (int) checks.values().stream()
                    .filter(check -> check.status().equals(status))
                    .count();
        }
    }

    /** Adds the instances of one catalog; the peer is empty for the local one. */
    public ServiceSummaries add(String peer, Collection<Instance> instances) {
        instances.forEach(instance -> add(peer, instance));
        return this;
    }

    /** By name; of one name first the local service. */
    public List<ServiceSummary> all() {
        List<ServiceSummary> all = new ArrayList<>();
        sums.forEach((key, sum) -> all.add(sum.toSummary(key)));
        return all;
    }

    private void add(String peer, Instance instance) {
        Service service = instance.service().value();
        Sum sum = sum(service.name(), peer);
        sum.nodes.add(instance.node().value().name());
        sum.kind = service.kind();
        sum.datacenter = instance.node().value().datacenter();
        sum.connectNative = service.connect().isNative();
        sum.tags.addAll(service.tags());
        String source = service.meta().getOrDefault(ServiceSummary.EXTERNAL_SOURCE, "");
        if (!source.isEmpty()) {
            sum.externalSources.add(source);
        }
        addChecks(sum, instance);
        if (service.kind().equals(Service.CONNECT_PROXY)) {
            Sum proxied = sum(service.proxy().destinationServiceName(), peer);
            addChecks(proxied, instance);
            proxied.proxies++;
            if (service.proxy().mode().equals(TRANSPARENT)) {
                proxied.transparentProxies++;
            }
        }
    }

    private Sum sum(String name, String peer) {
        return sums.computeIfAbsent(new Key(name, peer), key -> new Sum());
    }

    private static void addChecks(Sum sum, Instance instance) {
        String node = instance.node().value().name();
        for (Indexed<Check> check : instance.checks()) {
            sum.checks.put(node + '\u001f' + check.value().id(), check.value());
        }
    }
}
