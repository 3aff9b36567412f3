package dev.entente.postgres;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.config.ConfigEntry;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.peering.Peering;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.Keys;
import dev.entente.engine.port.RecordKind;
import dev.entente.engine.port.ServiceRecord;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/**
 * All rows of a partition as changes, in the order in which they can be applied. The queries run one after the other: a row that
 * changes in between comes once more through the log, with a higher version.
 */
final class DurableRecords {
    private static final String NODES =
            "select name, payload, create_version, modify_version from nodes where partition = :partition";
    private static final String SERVICES =
            "select node, payload, create_version, modify_version from services where partition = :partition";
    private static final String CHECKS = """
            select status, payload, create_version, modify_version, output from checks where partition = :partition
            """;
    private static final String PEERINGS =
            "select name_key, payload, create_version, modify_version from peerings where partition = :partition";
    private static final String ENTRIES =
            "select name, payload, create_version, modify_version from config_entries where partition = :partition";

    private DurableRecords() {}

    static Uni<List<Change>> of(StatelessSession session, PartitionName partition) {
        List<Change> changes = new ArrayList<>();
        Uni<Void> own = add(session, NODES, partition, DurableRecords::node, changes)
                .chain(() -> add(session, SERVICES, partition, DurableRecords::service, changes))
                .chain(() -> add(session, CHECKS, partition, DurableRecords::check, changes))
                .chain(() -> add(session, PEERINGS, partition, DurableRecords::peering, changes))
                .chain(() -> add(session, ENTRIES, partition, DurableRecords::entry, changes));
        Uni<Void> all = partition.isDefault() ? own.chain(() -> addOfCluster(session, changes)) : own;
        return all.replaceWith(changes);
    }

    private static Uni<Void> add(
            StatelessSession session,
            String query,
            PartitionName partition,
            Function<Object[], Change> change,
            List<Change> changes) {
        return session.createNativeQuery(query, Object[].class)
                .setParameter("partition", partition.value())
                .getResultList()
                .invoke(rows -> rows.forEach(row -> changes.add(change.apply(row))))
                .replaceWithVoid();
    }

    /** The records that live in the default partition's log. */
    private static Uni<Void> addOfCluster(StatelessSession session, List<Change> changes) {
        return session.createSelectionQuery("from PartitionRow order by name", PartitionRow.class)
                .getResultList()
                .invoke(rows -> rows.forEach(row -> changes.add(new Change(
                        RecordKind.PARTITION, null, row.name, row.modifyVersion, row.createVersion, row.toRecord()))))
                .chain(() -> CaRootRows.load(session))
                .invoke(roots -> roots.toChange().ifPresent(changes::add))
                .replaceWithVoid();
    }

    private static Change node(Object[] row) {
        return upsert(RecordKind.NODE, Keys.node(text(row, 0)), row, Payloads.read(text(row, 1), Node.class));
    }

    private static Change service(Object[] row) {
        Service service = Payloads.read(text(row, 1), Service.class);
        String node = text(row, 0);
        return upsert(RecordKind.SERVICE, Keys.service(node, service.id()), row, new ServiceRecord(node, service));
    }

    private static Change check(Object[] row) {
        Check check = Payloads.read(text(row, 1), Check.class).withReport(text(row, 0), text(row, 4));
        return upsert(RecordKind.CHECK, Keys.check(check.node(), check.id()), row, check);
    }

    private static Change peering(Object[] row) {
        return upsert(RecordKind.PEERING, text(row, 0), row, Payloads.read(text(row, 1), Peering.class));
    }

    private static Change entry(Object[] row) {
        ConfigEntry entry = Payloads.read(text(row, 1), ConfigEntry.class);
        return upsert(RecordKind.CONFIG_ENTRY, Keys.configEntry(entry.kind(), entry.name()), row, entry);
    }

    private static Change upsert(RecordKind kind, String key, Object[] row, Object value) {
        long createVersion = ((Number) row[2]).longValue();
        long modifyVersion = ((Number) row[3]).longValue();
        return Change.upsert(kind, key, modifyVersion, createVersion, value);
    }

    private static String text(Object[] row, int column) {
        return (String) row[column];
    }
}
