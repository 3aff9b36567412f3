package dev.entente.domain.config;

import dev.entente.domain.identity.Outcome;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which instances are those of a service (protocol chapter 8.4).
 *
 * @param connectTimeout zero when unset
 */
public record ServiceResolverEntry(
        String name,
        String defaultSubset,
        SortedMap<String, Subset> subsets,
        @Nullable Place redirect,
        SortedMap<String, Failover> failover,
        Duration connectTimeout,
        @Nullable LoadBalancer loadBalancer,
        Map<String, String> meta)
        implements ConfigEntry {
    public static final String KIND = "service-resolver";

    /** The key of the failover of subsets that have none of their own. */
    public static final String ANY_SUBSET = "*";

    public ServiceResolverEntry {
        subsets = sorted(subsets);
        failover = sorted(failover);
        meta = Map.copyOf(meta);
    }

    private static <V> SortedMap<String, V> sorted(Map<String, V> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }

    /** What holds for a service that has no entry. */
    public static ServiceResolverEntry defaultOf(String name) {
        return new ServiceResolverEntry(
                name,
                "",
                Collections.emptySortedMap(),
                null,
                Collections.emptySortedMap(),
                Duration.ZERO,
                null,
                Map.of());
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome<ServiceResolverEntry> normalised() {
        return ConfigEntry.unless(ServiceResolverRules.fault(this), this);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
        return cases.serviceResolver(this);
    }

    /** Whether it says nothing that does not hold without it. */
    public boolean isDefault() {
        return defaultSubset.isEmpty()
                && subsets.isEmpty()
                && redirect == null
                && failover.isEmpty()
                && connectTimeout.isZero()
                && loadBalancer == null;
    }

    /** Some of the instances. */
    public record Subset(String filter, boolean onlyPassing) {
        public static final Subset ALL = new Subset("", false);
    }

    /** Where instances are looked for; what is empty is as it was. */
    public record Place(
            String service, String serviceSubset, String namespace, String partition, String datacenter, String peer) {
        public static final Place SAME = new Place("", "", "", "", "", "");
    }

    /** Where instances are looked for when there are no healthy ones. */
    public record Failover(
            String service, String serviceSubset, String namespace, List<String> datacenters, List<Place> targets) {
        public Failover {
            datacenters = List.copyOf(datacenters);
            targets = List.copyOf(targets);
        }
    }
}
