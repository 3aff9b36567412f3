package dev.entente.postgres;

import dev.entente.domain.catalog.Service;
import dev.entente.domain.catalog.VirtualAddresses;
import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.Keys;
import dev.entente.engine.port.RecordKind;
import dev.entente.engine.port.ServiceRecord;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/**
 * The instances of one terminating gateway, whose tagged addresses follow its config entry: written in the transaction that writes
 * the entry, which holds {@link GatewayLinks#lock}.
 *
 * <p>The locks of the nodes come after that, in the order of their names, and before any address is given.
 */
record GatewayInstances(Transaction transaction, PartitionName partition, String gateway) {
    private static final String ROWS = """
            select node, payload, create_version from services
             where partition = :partition and name_key = :gateway order by node, id
            """;
    private static final String LOCK_THEN_DRAW = """
            with locks as materialized (select pg_advisory_xact_lock(k) from unnest(cast(:locks as bigint[])) as k),
                 held as materialized (select count(*) from locks)
            select nextval('change_version') from held
            """;
    private static final String UPDATE = """
            update services set payload = :payload, modify_version = :version
             where partition = :partition and node = :node and id = :id
            """;

    /** Gives the services addresses that have none, writes the instances that show others now, and takes back what nobody uses. */
    Uni<Void> follow(List<String> before, List<String> now, boolean connectEnabled) {
        CarriedAddresses addresses = new CarriedAddresses(connectEnabled, Set.of());
        addresses.linked(gateway, now);
        Set<String> unlinked = new HashSet<>();
        before.forEach(name -> unlinked.add(VirtualAddresses.key(name)));
        now.forEach(name -> unlinked.remove(VirtualAddresses.key(name)));
        return rows().chain(this::locked)
                .chain(version -> addresses
                        .complete(session(), partition)
                        .chain(() -> rewrite(addresses, version, !now.isEmpty())))
                .chain(() -> DepartedServices.unlinked(partition, unlinked).release(session()));
    }

    /** Nobody adds an instance meanwhile; but one may have gone, so they are read again now that their nodes are locked. */
    private Uni<Void> rewrite(CarriedAddresses addresses, long version, boolean byEntry) {
        return rows().chain(rows -> Multi.createFrom()
                .iterable(rows)
                .onItem()
                .transformToUniAndConcatenate(row -> write(row, addresses, version, byEntry))
                .collect()
                .last()
                .replaceWithVoid());
    }

    private Uni<List<Object[]>> rows() {
        return session()
                .createNativeQuery(ROWS, Object[].class)
                .setParameter("partition", partition.value())
                .setParameter("gateway", VirtualAddresses.key(gateway))
                .getResultList();
    }

    /** The version is drawn under the locks of the rows, like any other. */
    private Uni<Long> locked(List<Object[]> rows) {
        Long[] locks = rows.stream()
                .map(row -> (String) row[0])
                .distinct()
                .map(node -> new NodeKey(partition, node).lock().number())
                .toArray(Long[]::new);
        return session()
                .createNativeQuery(LOCK_THEN_DRAW, Long.class)
                .setParameter("locks", locks)
                .getSingleResult();
    }

    /** @param byEntry whether an entry writes the instance, and not the end of one */
    private Uni<Void> write(Object[] row, CarriedAddresses addresses, long version, boolean byEntry) {
        Service held = Payloads.read((String) row[1], Service.class);
        Service dressed = VirtualAddresses.carriesLinks(held) ? addresses.dressed(held) : held;
        if (dressed.equals(held)) {
            return Uni.createFrom().voidItem();
        }
        Service now = byEntry ? dressed.copied() : dressed;
        String node = (String) row[0];
        transaction.add(Change.upsert(
                RecordKind.SERVICE,
                Keys.service(node, now.id()),
                version,
                VirtualAddressRows.number(row[2]),
                new ServiceRecord(node, now)));
        return session()
                .createNativeQuery(UPDATE)
                .setParameter("payload", Payloads.write(now))
                .setParameter("version", version)
                .setParameter("partition", partition.value())
                .setParameter("node", node)
                .setParameter("id", now.id())
                .executeUpdate()
                .replaceWithVoid();
    }

    private StatelessSession session() {
        return transaction.session();
    }
}
