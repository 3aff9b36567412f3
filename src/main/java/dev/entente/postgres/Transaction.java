package dev.entente.postgres;

import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.Committed;
import dev.entente.engine.port.RecordKind;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** One transaction under the lock of its aggregate: its session, its version, and the changes it makes. Used by one pipeline. */
final class Transaction {
    private static final String INSERT_OUTBOX =
            "insert into outbox (id, partition, changes) values (:id, :partition, :changes)";

    private final Mutiny.StatelessSession session;
    private final long version;
    private final List<Change> changes = new ArrayList<>();
    private PartitionName partition = PartitionName.DEFAULT;

    Transaction(Mutiny.StatelessSession session, long version) {
        this.session = session;
        this.version = version;
    }

    Mutiny.StatelessSession session() {
        return session;
    }

    /** The version of every row that this transaction writes. */
    long version() {
        return version;
    }

    /** Which partition's log the changes belong to; the default one's unless said. */
    void inLogOf(PartitionName log) {
        partition = log;
    }

    void upsert(RecordKind kind, String key, long createVersion, Object value) {
        changes.add(Change.upsert(kind, key, version, createVersion, value));
    }

    void removal(RecordKind kind, String key) {
        changes.add(Change.removal(kind, key, version));
    }

    /** A change of a row of another aggregate, whose lock is held too, with a version that was drawn under that. */
    void add(Change change) {
        changes.add(change);
    }

    /** Keeps the changes in the outbox; without changes nothing is written. */
    <T> Uni<Committed<T>> commit(T result) {
        if (changes.isEmpty()) {
            return Uni.createFrom().item(new Committed<>(result, 0, List.of()));
        }
        return session.createNativeQuery(INSERT_OUTBOX)
                .setParameter("id", version)
                .setParameter("partition", partition.value())
                .setParameter("changes", Payloads.writeChanges(changes))
                .executeUpdate()
                .replaceWith(() -> new Committed<>(result, version, changes));
    }
}
