package dev.entente.postgres;

import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.ClusterStore;
import dev.entente.engine.port.Committed;
import dev.entente.engine.port.PartitionRecord;
import dev.entente.engine.port.RecordKind;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;
import org.jspecify.annotations.Nullable;

/** What is one for the whole cluster, in PostgreSQL. */
@ApplicationScoped
class PostgresClusterStore implements ClusterStore {
    private static final String FOUND =
            "insert into cluster_state (cluster_id) values (:id) on conflict (id) do nothing";
    private static final String RAISE_EPOCH = """
            insert into cluster_state (cluster_id, epoch) values (cast(gen_random_uuid() as text), 1)
            on conflict (id) do update set epoch = cluster_state.epoch + 1
            returning epoch
            """;
    /** Whoever has drawn a version holds the lock, shared, until the end of its transaction. */
    private static final String SETTLED = """
            with settling as materialized (select pg_advisory_xact_lock(cast(:changes as bigint))),
                 held as materialized (select count(*) from settling)
            select pg_sequence_last_value('change_version') from held
            """;

    private static final String CONTENTS = """
            select exists (select from nodes where partition = :partition)
                or exists (select from peerings where partition = :partition)
                or exists (select from config_entries where partition = :partition)
            """;
    private static final Comparator<PartitionRecord> DEFAULT_FIRST = Comparator.comparing(
                    (PartitionRecord partition) -> !partition.name().isDefault())
            .thenComparing(PartitionRecord::name);

    private final Transactions transactions;

    PostgresClusterStore(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Uni<String> clusterId() {
        return transactions.writing(ClusterRow::id);
    }

    @Override
    public Uni<Void> foundAs(String clusterId) {
        return transactions
                .writing(session -> session.createNativeQuery(FOUND)
                        .setParameter("id", clusterId)
                        .executeUpdate())
                .replaceWithVoid();
    }

    @Override
    public Uni<Long> raiseEpoch() {
        return transactions.writing(
                session -> session.createNativeQuery(RAISE_EPOCH, Long.class).getSingleResult());
    }

    @Override
    public Uni<Long> settled() {
        return transactions.writing(session -> session.createNativeQuery(SETTLED, Long.class)
                .setParameter("changes", LockKey.CHANGES.number())
                .getSingleResult());
    }

    @Override
    public Uni<List<Change>> durableRecords(PartitionName partition) {
        return transactions.readingAll(session -> DurableRecords.of(session, partition));
    }

    @Override
    public Uni<List<PartitionRecord>> partitions() {
        return transactions.reading(session -> session.createSelectionQuery("from PartitionRow", PartitionRow.class)
                .getResultList()
                .map(rows -> rows.stream()
                        .map(PartitionRow::toRecord)
                        .sorted(DEFAULT_FIRST)
                        .toList()));
    }

    @Override
    public Uni<Committed<PartitionRecord>> createPartition(PartitionRecord partition) {
        return transactions.locked(
                lock(partition.name()),
                transaction -> load(transaction.session(), partition.name())
                        .chain(row -> create(transaction, row, partition)));
    }

    @Override
    public Uni<Committed<Boolean>> deletePartition(PartitionName partition) {
        if (partition.isDefault()) {
            return Uni.createFrom().failure(Refusals::defaultPartition);
        }
        return transactions.locked(
                lock(partition),
                transaction -> load(transaction.session(), partition).chain(row -> delete(transaction, row)));
    }

    private static LockKey lock(PartitionName partition) {
        return LockKey.of("partition", partition, "");
    }

    private static Uni<@Nullable PartitionRow> load(StatelessSession session, PartitionName partition) {
        return session.get(PartitionRow.class, partition.value());
    }

    private static Uni<PartitionRecord> create(
            Transaction transaction, @Nullable PartitionRow existing, PartitionRecord wanted) {
        if (existing != null) {
            return Uni.createFrom().item(existing.toRecord());
        }
        PartitionRow row = new PartitionRow();
        row.name = wanted.name().value();
        row.description = wanted.description();
        row.createVersion = transaction.version();
        row.modifyVersion = transaction.version();
        transaction.upsert(RecordKind.PARTITION, row.name, row.createVersion, wanted);
        return transaction.session().insert(row).replaceWith(wanted);
    }

    private static Uni<Boolean> delete(Transaction transaction, @Nullable PartitionRow row) {
        if (row == null) {
            return Uni.createFrom().item(false);
        }
        transaction.removal(RecordKind.PARTITION, row.name);
        return transaction
                .session()
                .createNativeQuery(CONTENTS, Boolean.class)
                .setParameter("partition", row.name)
                .getSingleResult()
                .chain(filled -> filled ? notEmpty(row) : transaction.session().delete(row))
                .onFailure(Failures::isForeignKeyViolation)
                .recoverWithUni(() -> notEmpty(row))
                .replaceWith(true);
    }

    /** The foreign keys of the contents say the same to a deletion that runs at the same time as a write. */
    private static Uni<Void> notEmpty(PartitionRow row) {
        return Uni.createFrom().failure(Refusals.partitionNotEmpty(new PartitionName(row.name)));
    }
}
