package dev.entente.domain.export;

import dev.entente.domain.catalog.Service;
import dev.entente.domain.config.ExportedServicesEntry;
import dev.entente.domain.config.ExportedServicesEntry.ExportedService;
import dev.entente.domain.identity.PeerName;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Which services a peer may see (protocol chapter 5.1). */
public final class ExportRules {
    /** The name of the one entry that counts. */
    public static final String ENTRY_NAME = "default";

    /** The service that is never exported: the servers themselves. */
    public static final String CONSUL = "consul";

    private static final String WILDCARD = "*";

    private ExportRules() {}

    /**
     * The names of the services that a peer may see, sorted; this is what the list resource says.
     *
     * @param typicalNames the names that have typical instances here; asked only when the entry exports all of them
     */
    public static SortedSet<String> names(
            Optional<ExportedServicesEntry> entry, PeerName peer, Supplier<? extends Collection<String>> typicalNames) {
        SortedSet<String> names = new TreeSet<>();
        for (ExportedService service :
                entry.map(ExportedServicesEntry::services).orElseGet(List::of)) {
            if (!isMeantFor(service, peer)) {
                continue;
            }
            if (service.name().equals(WILDCARD)) {
                names.addAll(typicalNames.get());
            } else {
                names.add(service.name());
            }
        }
        names.remove(CONSUL);
        return Collections.unmodifiableSortedSet(names);
    }

    /** The peers that may see a service, by its own name or because they may see everything; sorted. */
    public static List<String> peersOf(Optional<ExportedServicesEntry> entry, String service) {
        if (service.equals(CONSUL)) {
            return List.of();
        }
        return entry.stream()
                .flatMap(held -> held.services().stream())
                .filter(held -> held.name().equals(service) || held.name().equals(WILDCARD))
                .flatMap(held -> held.consumers().stream())
                .map(ExportedServicesEntry.Consumer::peer)
                .filter(peer -> !peer.isEmpty())
                .sorted()
                .distinct()
                .toList();
    }

    /**
     * The names of which a peer sees a chain: those that it sees, and with everything also those that only have a chain.
     *
     * @param chainNames the names that have a router, a splitter or a resolver; asked only when the entry exports everything
     */
    public static SortedSet<String> chains(
            Optional<ExportedServicesEntry> entry,
            PeerName peer,
            Collection<String> names,
            Supplier<? extends Collection<String>> chainNames) {
        SortedSet<String> chains = new TreeSet<>(names);
        boolean seesAll = entry.stream()
                .flatMap(held -> held.services().stream())
                .anyMatch(service -> service.name().equals(WILDCARD) && isMeantFor(service, peer));
        if (seesAll) {
            chains.addAll(chainNames.get());
        }
        chains.remove(CONSUL);
        return Collections.unmodifiableSortedSet(chains);
    }

    /** All services that anybody may see, by name. */
    public static List<ResolvedExport> resolved(
            Optional<ExportedServicesEntry> entry, Supplier<? extends Collection<String>> typicalNames) {
        SortedMap<String, ResolvedExport> resolved = new TreeMap<>();
        for (ExportedService service :
                entry.map(ExportedServicesEntry::services).orElseGet(List::of)) {
            Collection<String> names = service.name().equals(WILDCARD) ? typicalNames.get() : List.of(service.name());
            for (String name : names) {
                ResolvedExport export = resolved.computeIfAbsent(
                        name, key -> new ResolvedExport(key, new TreeSet<>(), new TreeSet<>()));
                service.consumers().forEach(consumer -> {
                    addIfAny(export.peers(), consumer.peer());
                    addIfAny(export.partitions(), consumer.partition());
                });
            }
        }
        resolved.remove(CONSUL);
        return List.copyOf(resolved.values());
    }

    private static void addIfAny(SortedSet<String> names, String name) {
        if (!name.isEmpty()) {
            names.add(name);
        }
    }

    /** Whether some peer may see everything, so that the names of this cluster's services matter. */
    public static boolean hasWildcard(Optional<ExportedServicesEntry> entry) {
        return entry.stream()
                .flatMap(held -> held.services().stream())
                .anyMatch(held -> held.name().equals(WILDCARD));
    }

    /**
     * Whether a listed name has a payload of its own: the names of proxies do not, because theirs would be taken for the
     * synthetic one of the proxied service.
     */
    public static boolean hasPayload(String name) {
        return !name.endsWith(Service.SIDECAR_SUFFIX);
    }

    private static boolean isMeantFor(ExportedService service, PeerName peer) {
        return service.consumers().stream().anyMatch(consumer -> consumer.peer().equals(peer.value()));
    }
}
