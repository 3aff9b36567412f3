package dev.entente.postgres;

import dev.entente.config.AgentSettings;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.config.ConfigEntry;
import dev.entente.domain.config.TerminatingGatewayEntry;
import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.Committed;
import dev.entente.engine.port.ConfigEntryStore;
import dev.entente.engine.port.Keys;
import dev.entente.engine.port.RecordKind;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Config entries in PostgreSQL. */
@ApplicationScoped
class PostgresConfigEntryStore implements ConfigEntryStore {
    private final Transactions transactions;
    private final AgentSettings settings;

    PostgresConfigEntryStore(Transactions transactions, AgentSettings settings) {
        this.transactions = transactions;
        this.settings = settings;
    }

    @Override
    public <T> Uni<Committed<T>> decide(
            PartitionName partition,
            String kind,
            String name,
            Function<Optional<Indexed<ConfigEntry>>, Outcome<Decision<T>>> decision) {
        ConfigEntryRow.Key key = new ConfigEntryRow.Key(partition.value(), kind, name);
        return transactions.locked(locks(partition, kind, name), transaction -> {
            transaction.inLogOf(partition);
            return load(transaction.session(), key)
                    .chain(row -> write(
                            transaction, key, row, decision.apply(entry(row)).orThrow()));
        });
    }

    /** The lock of the partition's entries comes before that of the one, which those who decide about it alone take too. */
    @Override
    public <T> Uni<Committed<T>> decideAmong(
            PartitionName partition,
            ConfigEntryName name,
            Set<String> kinds,
            Function<Among, Outcome<Decision<T>>> decision) {
        ConfigEntryRow.Key key = new ConfigEntryRow.Key(partition.value(), name.kind(), name.name());
        List<LockKey> locks = new ArrayList<>(List.of(LockKey.of("config entries", partition, "")));
        locks.addAll(locks(partition, name.kind(), name.name()));
        return transactions.locked(locks, transaction -> {
            transaction.inLogOf(partition);
            return all(transaction.session(), partition, kinds)
                    .chain(all -> load(transaction.session(), key)
                            .chain(row -> write(
                                    transaction,
                                    key,
                                    row,
                                    decision.apply(new Among(entry(row), all)).orThrow())));
        });
    }

    private static List<LockKey> locks(PartitionName partition, String kind, String name) {
        LockKey entry = LockKey.of("config entry", partition, Keys.configEntry(kind, name));
        return kind.equals(TerminatingGatewayEntry.KIND)
                ? List.of(entry, GatewayLinks.lock(partition, name))
                : List.of(entry);
    }

    private static Uni<List<ConfigEntry>> all(StatelessSession session, PartitionName partition, Set<String> kinds) {
        return session.createSelectionQuery(
                        "from ConfigEntryRow where partition = :partition and kind in (:kinds)", ConfigEntryRow.class)
                .setParameter("partition", partition.value())
                .setParameter("kinds", kinds)
                .getResultList()
                .map(rows -> rows.stream()
                        .map(row -> Payloads.read(row.payload, ConfigEntry.class))
                        .toList());
    }

    /** The entry of that name in whatever case; rows hold names in lower case, those of earlier versions as they were written. */
    private static Uni<@Nullable ConfigEntryRow> load(StatelessSession session, ConfigEntryRow.Key key) {
        return session.createSelectionQuery(
                        "from ConfigEntryRow where partition = :partition and kind = :kind"
                                + " and (name = :name or lower(name) = :name) order by name desc",
                        ConfigEntryRow.class)
                .setParameter("partition", key.partition)
                .setParameter("kind", key.kind)
                .setParameter("name", lower(key.name))
                .setMaxResults(1)
                .getSingleResultOrNull();
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static Optional<Indexed<ConfigEntry>> entry(@Nullable ConfigEntryRow row) {
        return Optional.ofNullable(row)
                .map(found -> new Indexed<>(
                        Payloads.read(found.payload, ConfigEntry.class), found.createVersion, found.modifyVersion));
    }

    private <T> Uni<T> write(
            Transaction transaction, ConfigEntryRow.Key key, @Nullable ConfigEntryRow row, Decision<T> decided) {
        if (decided.keep()) {
            return Uni.createFrom().item(decided.result());
        }
        List<String> linked =
                entry(row).map(before -> GatewayLinks.names(before.value())).orElse(List.of());
        return decided.entry()
                .map(entry -> put(transaction, key, row, entry))
                .orElseGet(() -> remove(transaction, row))
                .chain(() -> addresses(transaction, key, linked, decided))
                .replaceWith(decided.result());
    }

    private Uni<Void> addresses(
            Transaction transaction, ConfigEntryRow.Key key, List<String> before, Decision<?> decided) {
        if (!key.kind.equals(TerminatingGatewayEntry.KIND)) {
            return Uni.createFrom().voidItem();
        }
        List<String> now = decided.entry().map(GatewayLinks::names).orElse(List.of());
        return new GatewayInstances(transaction, new PartitionName(key.partition), key.name)
                .follow(before, now, settings.connectEnabled());
    }

    private static Uni<Void> put(
            Transaction transaction, ConfigEntryRow.Key key, @Nullable ConfigEntryRow row, ConfigEntry entry) {
        if (!entry.kind().equals(key.kind) || !entry.name().equalsIgnoreCase(key.name)) {
            throw new IllegalArgumentException(
                    "a decision on " + key.kind + " " + key.name + " cannot write another entry");
        }
        if (row != null && Payloads.areEqual(Payloads.read(row.payload, ConfigEntry.class), entry)) {
            return Uni.createFrom().voidItem();
        }
        ConfigEntryRow target = row == null ? newRow(transaction, key) : row;
        target.payload = Payloads.write(entry);
        target.modifyVersion = transaction.version();
        transaction.upsert(RecordKind.CONFIG_ENTRY, Keys.configEntry(key.kind, key.name), target.createVersion, entry);
        return row == null
                ? insert(transaction.session(), target)
                : transaction.session().update(target);
    }

    private static Uni<Void> insert(StatelessSession session, ConfigEntryRow row) {
        return session.insert(row).onFailure(Failures::isForeignKeyViolation).transform(Refusals::noSuchPartition);
    }

    private static ConfigEntryRow newRow(Transaction transaction, ConfigEntryRow.Key key) {
        ConfigEntryRow row = new ConfigEntryRow();
        row.partition = key.partition;
        row.kind = key.kind;
        row.name = lower(key.name);
        row.createVersion = transaction.version();
        return row;
    }

    private static Uni<Void> remove(Transaction transaction, @Nullable ConfigEntryRow row) {
        if (row == null) {
            return Uni.createFrom().voidItem();
        }
        transaction.removal(RecordKind.CONFIG_ENTRY, Keys.configEntry(row.kind, row.name));
        return transaction.session().delete(row);
    }
}
