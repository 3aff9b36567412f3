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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives what one peer sends its virtual addresses (protocol chapter 4.2). Imports go on while PostgreSQL is away: what comes then is
 * stored without an address, and has one when the peer sends it the next time.
 *
 * <p>Belongs to one stream, and is used on its loop.
 */
final class PeerAddresses {
    /** So long nobody is kept waiting for addresses after PostgreSQL did not answer. */
    private static final Duration PAUSE = Duration.ofSeconds(30);

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
        Set<String> missing = new HashSet<>();
        service.instances()
                .forEach(instance -> VirtualAddresses.carriedBy(instance.service())
                        .map(VirtualAddresses::key)
                        .filter(name -> !known.containsKey(name))
                        .ifPresent(missing::add));
        if (missing.isEmpty() || clock.now().isBefore(pausedUntil)) {
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
        return clock.now().isBefore(pausedUntil)
                ? Uni.createFrom().voidItem()
                : tolerated(store.retain(partition, peer, keys));
    }

    private Uni<Void> tolerated(Uni<Void> work) {
        return work.onFailure(StoreUnavailableException.class)
                .invoke(() -> pausedUntil = clock.now().plus(PAUSE))
                .onFailure(StoreUnavailableException.class)
                .recoverWithNull();
    }

    private ImportedService dressed(ImportedService service) {
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
