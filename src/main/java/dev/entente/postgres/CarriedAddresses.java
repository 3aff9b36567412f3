package dev.entente.postgres;

import dev.entente.domain.catalog.Service;
import dev.entente.domain.catalog.VirtualAddresses;
import dev.entente.domain.identity.PartitionName;
import dev.entente.postgres.VirtualAddressRows.Owner;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/**
 * What a transaction knows of the virtual addresses that the services it writes are to carry. Services come first, before anything is
 * known: what was missing then is loaded, and they come once more. Used by one pipeline.
 */
final class CarriedAddresses {
    private final boolean connectEnabled;
    private final Set<String> lockedGateways;
    private final Map<String, Long> numbers = new HashMap<>();
    /** What the config entry of a terminating gateway links, by the key of its name. */
    private final Map<String, List<String>> links = new HashMap<>();

    /** In the order in which they were met, which is the order of the addresses. */
    private final Set<String> missingNumbers = new LinkedHashSet<>();

    private final Set<String> missingLinks = new TreeSet<>();

    /**
     * @param connectEnabled without it no service has an address
     * @param lockedGateways whose links cannot change meanwhile; by the keys of their names
     */
    CarriedAddresses(boolean connectEnabled, Set<String> lockedGateways) {
        this.connectEnabled = connectEnabled;
        this.lockedGateways = Set.copyOf(lockedGateways);
    }

    /** The service as it is stored; as it came while something is missing. */
    Service dressed(Service service) {
        if (!connectEnabled) {
            return service;
        }
        if (VirtualAddresses.carriesLinks(service)) {
            return dressedGateway(service);
        }
        return VirtualAddresses.carriedBy(service)
                .filter(name -> isKnown(List.of(name)))
                .map(name -> VirtualAddresses.carrying(service, address(name)))
                .orElse(service);
    }

    private Service dressedGateway(Service gateway) {
        List<String> linked = links.get(VirtualAddresses.key(gateway.name()));
        if (linked == null) {
            missingLinks.add(VirtualAddresses.key(gateway.name()));
            return gateway;
        }
        return isKnown(linked) ? VirtualAddresses.linking(gateway, linked, this::address) : gateway;
    }

    private boolean isKnown(List<String> names) {
        List<String> unknown = names.stream()
                .map(VirtualAddresses::key)
                .filter(name -> !numbers.containsKey(name))
                .toList();
        missingNumbers.addAll(unknown);
        return unknown.isEmpty();
    }

    private String address(String name) {
        return VirtualAddresses.text(Objects.requireNonNull(numbers.get(VirtualAddresses.key(name))));
    }

    /** Tells the links of a gateway that are known already; their addresses are loaded or given next. */
    void linked(String gateway, List<String> names) {
        links.put(VirtualAddresses.key(gateway), names);
        if (connectEnabled) {
            names.forEach(name -> missingNumbers.add(VirtualAddresses.key(name)));
        }
    }

    boolean isComplete() {
        return missingNumbers.isEmpty() && missingLinks.isEmpty();
    }

    /** Loads what was missing, and gives addresses to those services that have none. */
    Uni<Void> complete(StatelessSession session, PartitionName partition) {
        Set<String> gateways = Set.copyOf(missingLinks);
        missingLinks.clear();
        if (!lockedGateways.containsAll(gateways)) {
            return Uni.createFrom().failure(new UnlockedGatewaysException(gateways));
        }
        return GatewayLinks.of(session, partition, gateways).chain(found -> {
            links.putAll(found);
            found.values().forEach(missingNumbers::addAll);
            List<String> names = List.copyOf(missingNumbers);
            missingNumbers.clear();
            return give(session, partition, names);
        });
    }

    private Uni<Void> give(StatelessSession session, PartitionName partition, List<String> names) {
        if (names.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return VirtualAddressRows.assign(session, Owner.local(partition), names)
                .invoke(numbers::putAll)
                .replaceWithVoid();
    }
}
