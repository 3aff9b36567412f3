package dev.entente.postgres;

import dev.entente.domain.catalog.VirtualAddresses;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/**
 * Gives virtual addresses and takes them back, inside the transaction that needs it.
 *
 * <p>Who uses an address that was given before holds its row against being taken back; who takes it back waits for those, and looks
 * at the users only then. The row of the range comes after the rows of addresses, and serialises the giving.
 */
final class VirtualAddressRows {
    private static final String HELD = """
            select service, number from virtual_addresses
             where partition = :partition and peer = :peer and service = any(cast(:services as text[]))
             order by number for key share
            """;
    private static final String RANGE =
            "select highest, coalesce(last_freed, 0) from virtual_address_range where id for update";
    private static final String INSERT = """
            insert into virtual_addresses (number, partition, peer, service)
            select r.number, :partition, :peer, r.service
              from unnest(cast(:numbers as bigint[]), cast(:services as text[])) as r(number, service)
            """;
    private static final String MOVE_RANGE =
            "update virtual_address_range set highest = :highest, last_freed = nullif(:freed, 0) where id";
    /**
     * Looked for only when the whole range was given once: an address below one that is in use, or the last of all. One more than
     * needed, because the one that came back last may be among them.
     */
    private static final String GAPS = """
            select g.number from (
                select v.number - 1 as number from virtual_addresses v where v.number > 1
                 union select cast(:largest as bigint)) as g
             where not exists (select 1 from virtual_addresses w where w.number = g.number)
             order by g.number limit :count
            """;

    private static final String FREE = """
            with gone as (delete from virtual_addresses where number = any(cast(:numbers as bigint[])) returning number)
            update virtual_address_range set last_freed = :last where id and exists (select 1 from gone)
            """;

    private VirtualAddressRows() {}

    /** Whose services they are. */
    record Owner(PartitionName partition, String peer) {
        static Owner local(PartitionName partition) {
            return new Owner(partition, "");
        }
    }

    /** The numbers of these services, by their keys; given now, in this order, where there is none yet. */
    static Uni<Map<String, Long>> assign(StatelessSession session, Owner owner, Collection<String> services) {
        Set<String> keys = new LinkedHashSet<>();
        services.forEach(service -> keys.add(VirtualAddresses.key(service)));
        Map<String, Long> numbers = new HashMap<>();
        return addHeld(session, owner, keys, numbers)
                .chain(() -> keys.isEmpty() ? Uni.createFrom().voidItem() : give(session, owner, keys, numbers))
                .replaceWith(numbers);
    }

    /** Takes those out of the keys that have a number. */
    private static Uni<Void> addHeld(
            StatelessSession session, Owner owner, Set<String> keys, Map<String, Long> numbers) {
        return session.createNativeQuery(HELD, Object[].class)
                .setParameter("partition", owner.partition().value())
                .setParameter("peer", owner.peer())
                .setParameter("services", keys.toArray(String[]::new))
                .getResultList()
                .invoke(rows -> rows.forEach(row -> numbers.put((String) row[0], number(row[1]))))
                .invoke(() -> keys.removeAll(numbers.keySet()))
                .replaceWithVoid();
    }

    /** Under the lock of the range others may turn out to have given some meanwhile. */
    private static Uni<Void> give(StatelessSession session, Owner owner, Set<String> keys, Map<String, Long> numbers) {
        return session.createNativeQuery(RANGE, Object[].class)
                .getSingleResult()
                .chain(range -> addHeld(session, owner, keys, numbers)
                        .chain(() -> giveNew(session, owner, keys, new Range(number(range[0]), number(range[1]))))
                        .invoke(numbers::putAll)
                        .replaceWithVoid());
    }

    /** The last that was ever given, and the last that came back, 0 for none. */
    private record Range(long highest, long freed) {}

    private static Uni<Map<String, Long>> giveNew(
            StatelessSession session, Owner owner, Set<String> keys, Range range) {
        if (keys.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        List<Long> fresh = new ArrayList<>();
        if (range.freed() > 0) {
            fresh.add(range.freed());
        }
        long highest = range.highest();
        while (fresh.size() < keys.size() && highest < VirtualAddresses.LARGEST) {
            highest++;
            fresh.add(highest);
        }
        Range moved = new Range(highest, 0);
        return gaps(session, keys.size() - fresh.size())
                .invoke(found ->
                        found.stream().filter(gap -> !fresh.contains(gap)).forEach(fresh::add))
                .chain(() -> insert(session, owner, List.copyOf(keys), fresh))
                .call(() -> move(session, moved));
    }

    private static Uni<List<Long>> gaps(StatelessSession session, int count) {
        if (count <= 0) {
            return Uni.createFrom().item(List.of());
        }
        return session.createNativeQuery(GAPS, Long.class)
                .setParameter("largest", VirtualAddresses.LARGEST)
                .setParameter("count", count + 1)
                .getResultList();
    }

    private static Uni<Map<String, Long>> insert(
            StatelessSession session, Owner owner, List<String> keys, List<Long> numbers) {
        if (numbers.size() < keys.size()) {
            return Uni.createFrom()
                    .failure(new RefusedException(Refusal.invalid(
                            "failed updating virtual IP: " + "cannot allocate any more unique service virtual IPs")));
        }
        Map<String, Long> given = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            given.put(keys.get(i), numbers.get(i));
        }
        return session.createNativeQuery(INSERT)
                .setParameter("partition", owner.partition().value())
                .setParameter("peer", owner.peer())
                .setParameter("numbers", keys.stream().map(given::get).toArray(Long[]::new))
                .setParameter("services", keys.toArray(String[]::new))
                .executeUpdate()
                .onFailure(Failures::isForeignKeyViolation)
                .transform(Refusals::noSuchPartition)
                .replaceWith(given);
    }

    private static Uni<Integer> move(StatelessSession session, Range range) {
        return session.createNativeQuery(MOVE_RANGE)
                .setParameter("highest", range.highest())
                .setParameter("freed", range.freed())
                .executeUpdate();
    }

    /** Takes addresses back whose rows this transaction holds for itself; the last of them comes first again. */
    static Uni<Void> free(StatelessSession session, List<Long> numbers) {
        if (numbers.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return session.createNativeQuery(FREE)
                .setParameter("numbers", numbers.toArray(Long[]::new))
                .setParameter("last", numbers.get(numbers.size() - 1))
                .executeUpdate()
                .replaceWithVoid();
    }

    static long number(Object column) {
        return ((Number) column).longValue();
    }
}
