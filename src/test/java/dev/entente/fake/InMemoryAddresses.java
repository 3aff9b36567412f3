package dev.entente.fake;

import dev.entente.domain.catalog.Service;
import dev.entente.domain.catalog.VirtualAddresses;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.engine.port.ImportedAddresses;
import dev.entente.engine.port.StoreUnavailableException;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Virtual addresses in memory; those that came back are given again, the last one first. */
public final class InMemoryAddresses implements ImportedAddresses {
    private static final String LOCAL = "";

    private final Map<List<String>, Long> numbers = new HashMap<>();
    private final Set<List<String>> named = new HashSet<>();
    private long highest;
    private long freed;
    private boolean away;

    /** From now on, or until {@link #comeBack}, as when PostgreSQL does not answer. */
    public synchronized void goAway() {
        away = true;
    }

    public synchronized void comeBack() {
        away = false;
    }

    private static <T> Uni<T> notThere() {
        return Uni.createFrom()
                .failure(new StoreUnavailableException("PostgreSQL does not answer", new IOException("closed")));
    }

    @Override
    public synchronized Uni<Map<String, String>> assign(PartitionName partition, PeerName peer, Set<String> services) {
        if (away) {
            return notThere();
        }
        Map<String, String> given = new HashMap<>();
        new TreeSet<>(services)
                .forEach(service -> given.put(
                        VirtualAddresses.key(service), address(List.of(partition.value(), peer.key(), key(service)))));
        return Uni.createFrom().item(given);
    }

    @Override
    public synchronized Uni<Void> retain(PartitionName partition, PeerName peer, Set<String> services) {
        if (away) {
            return notThere();
        }
        Set<String> kept = new HashSet<>();
        services.forEach(service -> kept.add(key(service)));
        List.copyOf(numbers.keySet()).stream()
                .filter(place -> place.subList(0, 2).equals(List.of(partition.value(), peer.key()))
                        && !kept.contains(place.get(2)))
                .forEach(this::free);
        return Uni.createFrom().voidItem();
    }

    /** A local service as a store keeps it. */
    synchronized Service dressed(Service service) {
        return VirtualAddresses.carriedBy(service)
                .map(name -> VirtualAddresses.carrying(service, address(List.of(LOCAL, LOCAL, key(name)))))
                .orElse(service);
    }

    /** Told after each write what local services there are: a name that was there and is gone gives its address back. */
    synchronized void keep(Collection<Service> services) {
        Set<String> names = new HashSet<>();
        Set<String> carried = new HashSet<>();
        services.forEach(service -> {
            names.add(key(service.name()));
            VirtualAddresses.carriedBy(service).ifPresent(name -> carried.add(key(name)));
        });
        names.forEach(name -> named.add(List.of(LOCAL, LOCAL, name)));
        List.copyOf(numbers.keySet()).stream()
                .filter(place -> place.get(1).equals(LOCAL) && named.contains(place))
                .filter(place -> !names.contains(place.get(2)) && !carried.contains(place.get(2)))
                .forEach(this::free);
    }

    private String address(List<String> place) {
        long number = numbers.computeIfAbsent(place, key -> next());
        return VirtualAddresses.text(number);
    }

    private long next() {
        if (freed > 0) {
            long number = freed;
            freed = 0;
            return number;
        }
        highest++;
        return highest;
    }

    private void free(List<String> place) {
        Long number = numbers.remove(place);
        freed = number == null ? freed : number;
        named.remove(place);
    }

    private static String key(String service) {
        return VirtualAddresses.key(service);
    }
}
