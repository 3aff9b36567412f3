package dev.entente.sim;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.peering.Peering;
import dev.entente.engine.port.CaRoots;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.Committed;
import dev.entente.engine.port.Outbox;
import dev.entente.engine.port.PeeringStore;
import dev.entente.engine.port.RecordKind;
import dev.entente.fake.InMemoryPeeringStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What survives of a cluster, with the outbox rows of what is not published yet; every call is one transaction. */
final class SimDisk {
    private final SimWorld world;
    /** One sequence for all records, as in the real store. */
    private long version = 1000;

    private final InMemoryPeeringStore peerings = new InMemoryPeeringStore(() -> ++version);
    private final Map<String, Change> records = new TreeMap<>();
    private final Map<Long, Row> outbox = new LinkedHashMap<>();
    private final Map<String, List<Decided>> decided = new HashMap<>();
    private long rows;
    private long epoch;

    private record Row(long committed, Outbox.Pending pending) {}

    /** What a decision about a peering left behind, and when. */
    record Decided(long event, @Nullable Peering peering) {}

    /** A record to write, or to remove when there is no value. */
    record Write(RecordKind kind, String key, @Nullable Object value) {}

    SimDisk(SimWorld world) {
        this.world = world;
    }

    /** Writes records; what stays the same makes no change. */
    Committed<Boolean> commit(List<Write> writes) {
        version++;
        List<Change> changes = new ArrayList<>();
        for (Write write : writes) {
            String id = write.kind() + "/" + write.key();
            Change before = records.get(id);
            Object value = write.value();
            if (value == null) {
                records.remove(id);
                if (before != null) {
                    changes.add(Change.removal(write.kind(), write.key(), version));
                }
            } else if (before == null || !value.equals(before.value())) {
                long created = before == null ? version : before.createVersion();
                Change change = Change.upsert(write.kind(), write.key(), version, created, value);
                records.put(id, change);
                changes.add(change);
            }
        }
        return committed(true, changes);
    }

    <T> Committed<T> decide(
            PartitionName partition,
            PeerName name,
            Function<Optional<PeeringStore.Held>, Outcome<PeeringStore.Decision<T>>> decision) {
        Committed<T> done = peerings.decide(partition, name, decision).await().indefinitely();
        Peering after = held(name).map(PeeringStore.Held::peering).orElse(null);
        decided.computeIfAbsent(name.key(), key -> new ArrayList<>()).add(new Decided(world.events(), after));
        return committed(done.result(), done.changes());
    }

    private <T> Committed<T> committed(T result, List<Change> changes) {
        if (changes.isEmpty()) {
            return new Committed<>(result, 0, changes);
        }
        rows++;
        outbox.put(rows, new Row(world.nanoTime(), new Outbox.Pending(rows, PartitionName.DEFAULT, changes)));
        return new Committed<>(result, rows, changes);
    }

    void published(List<Long> ids) {
        ids.forEach(outbox::remove);
    }

    List<Outbox.Pending> overdue(long ageNanos, int limit) {
        return outbox.values().stream()
                .filter(row -> row.committed() <= world.nanoTime() - ageNanos)
                .limit(limit)
                .map(Row::pending)
                .toList();
    }

    boolean isAllPublished() {
        return outbox.isEmpty();
    }

    long raiseEpoch() {
        return ++epoch;
    }

    /** Transactions here begin and end at once, so all are. */
    long settled() {
        return version;
    }

    List<Change> durableRecords() {
        List<Change> all = new ArrayList<>(records.values());
        all.addAll(peerings.durableRecords());
        return all;
    }

    Optional<PeeringStore.Held> held(PeerName name) {
        return peerings.byName(PartitionName.DEFAULT, name).await().indefinitely();
    }

    Optional<PeeringStore.Held> held(Predicate<PeeringStore.Held> which) {
        return peerings.all().stream().filter(which).findFirst();
    }

    List<PeeringStore.Held> peerings() {
        return peerings.all();
    }

    /** All that was decided about a name. */
    List<Decided> decided(PeerName name) {
        return decided.getOrDefault(name.key(), List.of());
    }

    CaRoots roots() {
        return (CaRoots) Objects.requireNonNull(
                records.get(RecordKind.CA_ROOTS + "/roots").value());
    }

    @Nullable
    Object record(RecordKind kind, String key) {
        Change change = records.get(kind + "/" + key);
        return change == null ? null : change.value();
    }

    /** The values of all records of a kind. */
    <T> List<T> records(RecordKind kind, Class<T> type) {
        return records.values().stream()
                .filter(change -> change.kind() == kind)
                .map(change -> type.cast(change.value()))
                .toList();
    }
}
