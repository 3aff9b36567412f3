package dev.entente.engine.replication;

import dev.entente.domain.catalog.ImportedInstance;
import dev.entente.domain.catalog.ImportedService;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.catalog.VirtualAddresses;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.engine.port.Clock;
import dev.entente.engine.port.ImportedAddresses;
import dev.entente.engine.port.StoreUnavailableException;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives what one peer sends its virtual addresses (protocol chapter 4.2). Imports go on while PostgreSQL is away: what comes then is
 * stored without an address, and {@link LateAddresses} gives it one when PostgreSQL is back.
 *
 * <p>Belongs to one stream, and is used on its loop.
 */
final class PeerAddresses {
    /** So long nobody is kept waiting for addresses after PostgreSQL did not answer. */
    static final Duration PAUSE = Duration.ofSeconds(30);

    private final ImportedAddresses store;
    private final Clock clock;
    private final PartitionName partition;
    private final PeerName peer;
    /** By the keys of services; not more than the peer's imports, whose size is bounded. */
    private final Map<String, String> known = new HashMap<>();

    private Instant pausedUntil = Instant.MIN;

    PeerAddresses(ImportedAddresses store, Clock clock, PartitionName partition, PeerName peer) {
        this.store = store;
        this.clock = clock;
        this.partition = partition;
        this.peer = peer;
    }

    /** The service with its instances carrying the addresses of what they stand for. */
    Uni<ImportedService> carriedBy(ImportedService service) {
        Set<String> missing = missing(service);
        if (missing.isEmpty() || isPaused()) {
            return Uni.createFrom().item(dressed(service));
        }
        return tolerated(store.assign(partition, peer, missing)
                        .invoke(known::putAll)
                        .replaceWithVoid())
                .map(done -> dressed(service));
    }

    /** Takes back the addresses of what the peer no longer exports; what fails is done by the next list, or with the peering. */
    Uni<Void> retain(Set<String> names) {
        Set<String> keys = new HashSet<>();
        names.forEach(name -> keys.add(VirtualAddresses.key(name)));
        known.keySet().retainAll(keys);
        return isPaused() ? Uni.createFrom().voidItem() : tolerated(store.retain(partition, peer, keys));
    }

    /** Whether the service was left without an address because PostgreSQL did not answer. */
    boolean owes(ImportedService service) {
        return isPaused() && !missing(service).isEmpty();
    }

    /** Asks for what these services lack, also in a pause; the answer is nothing yet that {@link #carriedBy} knows of. */
    Uni<Map<String, String>> ask(Collection<ImportedService> services) {
        Set<String> missing = new HashSet<>();
        services.forEach(service -> missing.addAll(missing(service)));
        return store.assign(partition, peer, missing);
    }

    /** PostgreSQL has answered. */
    void learn(Map<String, String> given) {
        known.putAll(given);
        pausedUntil = Instant.MIN;
    }

    private boolean isPaused() {
        return clock.now().isBefore(pausedUntil);
    }

    private Set<String> missing(ImportedService service) {
        Set<String> missing = new HashSet<>();
        service.instances()
                .forEach(instance -> VirtualAddresses.carriedBy(instance.service())
                        .map(VirtualAddresses::key)
                        .filter(name -> !known.containsKey(name))
                        .ifPresent(missing::add));
        return missing;
    }

    private Uni<Void> tolerated(Uni<Void> work) {
        return work.onFailure(StoreUnavailableException.class)
                .invoke(() -> pausedUntil = clock.now().plus(PAUSE))
                .onFailure(StoreUnavailableException.class)
                .recoverWithNull();
    }

    ImportedService dressed(ImportedService service) {
        List<ImportedInstance> instances = service.instances().stream()
                .map(instance -> new ImportedInstance(instance.node(), dressed(instance.service()), instance.checks()))
                .toList();
        return new ImportedService(service.name(), instances);
    }

    private Service dressed(Service service) {
        return VirtualAddresses.carriedBy(service)
                .map(name -> known.get(VirtualAddresses.key(name)))
                .map(address -> VirtualAddresses.carrying(service, address))
                .orElse(service);
    }
}
