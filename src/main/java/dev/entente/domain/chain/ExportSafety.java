package dev.entente.domain.chain;

import dev.entente.domain.config.ConfigKind;
import dev.entente.domain.config.ExportedServicesEntry;
import dev.entente.domain.config.ServiceResolverEntry;
import dev.entente.domain.config.ServiceResolverEntry.Place;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the chains of services may not do that peers see (protocol chapter 8.1). */
final class ExportSafety {
    private static final String WILDCARD = "*";

    private ExportSafety() {}

    /** The names that any peer sees, as far as they are named or have a chain. */
    static SortedSet<String> exported(EntryGraph graph) {
        return graph.all(ConfigKind.EXPORTED_SERVICES, ExportedServicesEntry.class)
                .filter(entry -> entry.name().equals(ExportedServicesEntry.NAME))
                .map(entry -> exported(graph, entry))
                .findFirst()
                .orElseGet(TreeSet::new);
    }

    static SortedSet<String> exported(EntryGraph graph, ExportedServicesEntry entry) {
        SortedSet<String> names = new TreeSet<>();
        entry.services().stream()
                .filter(service -> service.consumers().stream()
                        .anyMatch(consumer -> !consumer.peer().isEmpty()))
                .forEach(service -> {
                    if (service.name().equals(WILDCARD)) {
                        names.addAll(graph.chainNames());
                    } else {
                        names.add(service.name());
                    }
                });
        return names;
    }

    /** A chain that leaves the partition or the datacenter cannot be followed by a peer. */
    static Optional<String> fault(String service, String partition, EntrySource entries) {
        ChainReach reach = ChainReach.of(service, entries);
        String prefix = "peer exported service \"" + service + "\" contains cross-";
        if (reach.router().stream()
                .flatMap(router -> router.routes().stream())
                .anyMatch(route -> route.destination() != null
                        && isElsewhere(route.destination().partition(), partition))) {
            return Optional.of(prefix + "partition route destination");
        }
        if (reach.splitters().stream()
                .flatMap(splitter -> splitter.splits().stream())
                .anyMatch(split -> isElsewhere(split.partition(), partition))) {
            return Optional.of(prefix + "partition split destination");
        }
        return reach.resolvers().stream()
                .flatMap(resolver -> fault(resolver, partition).stream())
                .findFirst()
                .map(fault -> prefix + fault);
    }

    private static Optional<String> fault(ServiceResolverEntry resolver, String partition) {
        Place redirect = resolver.redirect();
        if (redirect != null && !redirect.datacenter().isEmpty()) {
            return Optional.of("datacenter resolver redirect");
        }
        if (redirect != null && isElsewhere(redirect.partition(), partition)) {
            return Optional.of("partition resolver redirect");
        }
        boolean leaves = resolver.failover().values().stream()
                .anyMatch(failover -> !failover.datacenters().isEmpty());
        return leaves ? Optional.of("datacenter failover") : Optional.empty();
    }

    private static boolean isElsewhere(String named, String partition) {
        return !named.isEmpty() && !named.equalsIgnoreCase(partition);
    }

    /** Peers know a service that is not HTTP by the identities behind it; they would not learn of new ones in time. */
    static Optional<String> faultOfNewTargets(DiscoveryChain before, DiscoveryChain after) {
        if (Protocols.isHttpLike(after.protocol())) {
            return Optional.empty();
        }
        SortedMap<String, String> known = identities(before);
        return identities(after).entrySet().stream()
                .filter(identity -> !known.containsKey(identity.getKey()))
                .map(identity -> "peer exported service \"" + after.service() + "\" uses protocol=\""
                        + after.protocol() + "\" and cannot introduce new discovery chain targets like \""
                        + identity.getValue() + "\"")
                .findFirst();
    }

    /** Subsets of a service have the same identity. */
    private static SortedMap<String, String> identities(DiscoveryChain chain) {
        SortedMap<String, String> identities = new TreeMap<>();
        chain.targets().values().forEach(target -> {
            Place place = target.place();
            String identity = String.join(
                    "/", place.partition(), place.namespace(), place.datacenter(), place.service(), place.peer());
            identities.putIfAbsent(identity, target.id());
        });
        return identities;
    }
}
