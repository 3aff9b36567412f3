package dev.entente.postgres;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.CatalogStore;
import dev.entente.engine.port.CheckReport;
import dev.entente.engine.port.Committed;
import dev.entente.engine.port.Keys;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The local catalog in PostgreSQL; what is decided on one node at the same time shares transactions. */
@ApplicationScoped
class PostgresCatalogStore implements CatalogStore {
    /** In the order of the keys, so that two of these do not wait for each other's rows. */
    private static final String REMEMBER = """
            with given as (
              select * from unnest(cast(:nodes as text[]), cast(:ids as text[]), cast(:statuses as text[]),
                                   cast(:outputs as text[]), cast(:versions as bigint[]))
                         as r(node, id, status, output, version)),
            held as (
              select c.node, c.id, g.status, g.output from checks c
                join given g on c.node = g.node and c.id = g.id and g.version in (0, c.modify_version)
               where c.partition = :partition
               order by c.node, c.id for update of c)
            update checks c set status = h.status, output = h.output from held h
             where c.partition = :partition and c.node = h.node and c.id = h.id
            """;

    private final Transactions transactions;
    private final NodeBatchLoop batches;

    PostgresCatalogStore(Transactions transactions, NodeBatchLoop batches) {
        this.transactions = transactions;
        this.batches = batches;
    }

    @Override
    public Uni<Committed<Void>> decide(
            PartitionName partition, Selection selection, Function<Rows, Outcome<Writes>> decision) {
        return batches.decide(partition, selection, decision);
    }

    @Override
    public Uni<Void> rememberReports(PartitionName partition, Map<String, CheckReport> byCheckKey) {
        if (byCheckKey.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Map<String, CheckReport> reports = new TreeMap<>(byCheckKey);
        List<String> keys = List.copyOf(reports.keySet());
        return transactions.writing(session -> session.createNativeQuery(REMEMBER)
                .setParameter("partition", partition.value())
                .setParameter("nodes", part(keys, 0))
                .setParameter("ids", part(keys, 1))
                .setParameter("statuses", texts(reports, CheckReport::status))
                .setParameter("outputs", texts(reports, CheckReport::output))
                .setParameter(
                        "versions",
                        reports.values().stream()
                                .map(CheckReport::definitionVersion)
                                .toArray(Long[]::new))
                .executeUpdate()
                .replaceWithVoid());
    }

    private static String[] part(List<String> keys, int index) {
        return keys.stream()
                .map(key -> key.split(String.valueOf(Keys.SEPARATOR), 2)[index])
                .toArray(String[]::new);
    }

    private static String[] texts(Map<String, CheckReport> reports, Function<CheckReport, String> text) {
        return reports.values().stream().map(text).toArray(String[]::new);
    }
}
