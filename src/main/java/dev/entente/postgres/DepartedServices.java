package dev.entente.postgres;

import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.catalog.VirtualAddresses;
import dev.entente.domain.identity.PartitionName;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;
import org.jspecify.annotations.Nullable;

/**
 * Takes back the virtual addresses of services whose last instance a transaction takes away, before it is written: an address stays
 * while an instance has the name, carries the address, or a terminating gateway links the service.
 *
 * <p>As by Consul, an address that only proxies ever used is kept for the name. Unlike there one that a proxy still carries is not
 * given to another service: it comes back when that proxy goes.
 *
 * @param node whose services are written; empty for none
 * @param written ids of the services that are written or removed there
 * @param remaining those of that node that are loaded, as they will be
 */
record DepartedServices(
        PartitionName partition,
        String node,
        Set<String> written,
        List<Service> remaining,
        Set<String> names,
        Set<String> carried) {
    private static final String FOUND = """
            select service from virtual_addresses
             where partition = :partition and peer = ''
               and (service = any(cast(:names as text[])) or name_gone and service = any(cast(:carried as text[])))
             order by number for update
            """;
    private static final String USES = """
            select v.number, v.service,
                   exists (select 1 from services s where s.partition = v.partition and s.name_key = v.service
                              and not (s.node = :node and s.id = any(cast(:written as text[])))),
                   exists (select 1 from services s where s.partition = v.partition and s.mesh_key = v.service
                              and s.mesh_key <> '' and not (s.node = :node and s.id = any(cast(:written as text[]))))
              from virtual_addresses v
             where v.partition = :partition and v.peer = '' and v.service = any(cast(:found as text[]))
             order by v.number
            """;
    private static final String NAME_GONE =
            "update virtual_addresses set name_gone = true where number = any(cast(:numbers as bigint[]))";

    static DepartedServices of(PartitionName partition, String node, Touched<Service> services) {
        Set<String> names = new HashSet<>();
        Set<String> carried = new HashSet<>();
        services.replaced().forEach((id, old) -> {
            @Nullable Service now = services.get(id).map(Indexed::value).orElse(null);
            if (now == null || !now.name().equalsIgnoreCase(old.name())) {
                names.add(VirtualAddresses.key(old.name()));
            }
            VirtualAddresses.carriedBy(old)
                    .filter(name -> now == null
                            || VirtualAddresses.carriedBy(now)
                                    .filter(name::equalsIgnoreCase)
                                    .isEmpty())
                    .ifPresent(name -> carried.add(VirtualAddresses.key(name)));
        });
        List<Service> remaining =
                services.held().values().stream().map(Indexed::value).toList();
        return new DepartedServices(partition, node, services.touched(), remaining, names, carried);
    }

    /** Services that the entry of a gateway linked until now. */
    static DepartedServices unlinked(PartitionName partition, Set<String> names) {
        return new DepartedServices(partition, "", Set.of(), List.of(), names, names);
    }

    Uni<Void> release(StatelessSession session) {
        if (names.isEmpty() && carried.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return session.createNativeQuery(FOUND, String.class)
                .setParameter("partition", partition.value())
                .setParameter("names", names.toArray(String[]::new))
                .setParameter("carried", carried.toArray(String[]::new))
                .getResultList()
                .chain(found -> found.isEmpty() ? Uni.createFrom().voidItem() : releaseUnused(session, found));
    }

    private Uni<Void> releaseUnused(StatelessSession session, List<String> found) {
        return GatewayLinks.all(session, partition)
                .chain(linked -> session.createNativeQuery(USES, Object[].class)
                        .setParameter("partition", partition.value())
                        .setParameter("node", node)
                        .setParameter("written", written.toArray(String[]::new))
                        .setParameter("found", found.toArray(String[]::new))
                        .getResultList()
                        .map(rows -> rows.stream()
                                .map(row -> use(row, linked))
                                .filter(use -> !use.named())
                                .toList()))
                .chain(unnamed -> note(session, unnamed));
    }

    /** What still uses an address; a link counts as a name, for both end only by a removal of their own. */
    private record Use(long number, boolean named, boolean carried) {}

    private Use use(Object[] row, Set<String> linked) {
        String service = (String) row[1];
        boolean named = (boolean) row[2]
                || linked.contains(service)
                || remaining.stream().anyMatch(other -> service.equals(VirtualAddresses.key(other.name())));
        boolean isCarried = (boolean) row[3]
                || remaining.stream()
                        .flatMap(other -> VirtualAddresses.carriedBy(other).stream())
                        .anyMatch(name -> service.equals(VirtualAddresses.key(name)));
        return new Use(VirtualAddressRows.number(row[0]), named, isCarried);
    }

    private static Uni<Void> note(StatelessSession session, List<Use> unnamed) {
        List<Long> carried = new ArrayList<>();
        List<Long> free = new ArrayList<>();
        unnamed.forEach(use -> (use.carried() ? carried : free).add(use.number()));
        Uni<Integer> noted = carried.isEmpty()
                ? Uni.createFrom().item(0)
                : session.createNativeQuery(NAME_GONE)
                        .setParameter("numbers", carried.toArray(Long[]::new))
                        .executeUpdate();
        return noted.chain(() -> VirtualAddressRows.free(session, free));
    }
}
