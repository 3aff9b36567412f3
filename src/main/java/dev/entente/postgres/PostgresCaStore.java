package dev.entente.postgres;

import dev.entente.domain.trust.CaRoot;
import dev.entente.engine.port.CaStore;
import dev.entente.engine.port.Committed;
import dev.entente.engine.port.RecordKind;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/** Roots in PostgreSQL, their keys sealed under the store key. */
@ApplicationScoped
class PostgresCaStore implements CaStore {
    private final Transactions transactions;
    private final StoreCipher cipher;

    PostgresCaStore(Transactions transactions, StoreCipher cipher) {
        this.transactions = transactions;
        this.cipher = cipher;
    }

    @Override
    public Uni<List<KeyedRoot>> roots() {
        return transactions.reading(session -> CaRootRows.load(session).map(this::keyed));
    }

    @Override
    public Uni<Committed<List<KeyedRoot>>> initialise(Supplier<KeyedRoot> first) {
        return transactions.locked(
                CaRootRows.LOCK,
                transaction -> CaRootRows.load(transaction.session())
                        .chain(held -> held.rows().isEmpty()
                                ? activate(transaction, held, first.get())
                                : Uni.createFrom().item(held))
                        .map(this::keyed));
    }

    @Override
    public Uni<Committed<Optional<KeyedRoot>>> rotate(KeyedRoot next) {
        return transactions.locked(
                CaRootRows.LOCK,
                transaction -> CaRootRows.load(transaction.session())
                        .chain(held -> activate(transaction, held, next).replaceWith(() -> active(held))));
    }

    /** Rows are deactivated before the new one is active: at no moment may two be. */
    private Uni<CaRootRows> activate(Transaction transaction, CaRootRows held, KeyedRoot next) {
        CaRootRow row = newRow(transaction, next);
        List<CaRootRow> others = held.rows().stream()
                .filter(other -> !other.id.equals(row.id))
                .map(other -> inactive(transaction, other))
                .toList();
        List<CaRootRow> all = new ArrayList<>(others);
        all.add(row);
        CaRootRows after = new CaRootRows(held.clusterId(), all);
        long createVersion = Math.min(transaction.version(), after.createVersion());
        after.toRoots()
                .ifPresent(roots -> transaction.upsert(RecordKind.CA_ROOTS, CaRootRows.KEY, createVersion, roots));
        return updateAll(transaction.session(), others)
                .chain(() -> transaction.session().upsert(row))
                .replaceWith(after);
    }

    private static Uni<Void> updateAll(StatelessSession session, List<CaRootRow> rows) {
        Uni<Void> all = Uni.createFrom().voidItem();
        for (CaRootRow row : rows) {
            all = all.chain(() -> session.update(row));
        }
        return all;
    }

    private CaRootRow newRow(Transaction transaction, KeyedRoot next) {
        CaRootRow row = new CaRootRow();
        row.id = next.root().id();
        row.payload = Payloads.write(withActive(next.root(), true));
        row.keySealed = cipher.seal(place(row.id), next.privateKeyPem());
        row.active = true;
        row.createVersion = transaction.version();
        row.modifyVersion = transaction.version();
        return row;
    }

    /** A copy, so that what was held stays as it was. */
    private static CaRootRow inactive(Transaction transaction, CaRootRow old) {
        CaRootRow row = new CaRootRow();
        row.id = old.id;
        row.payload = Payloads.write(withActive(Payloads.read(old.payload, CaRoot.class), false));
        row.keySealed = old.keySealed;
        row.active = false;
        row.createVersion = old.createVersion;
        row.modifyVersion = old.active ? transaction.version() : old.modifyVersion;
        return row;
    }

    private static CaRoot withActive(CaRoot root, boolean active) {
        return new CaRoot(
                root.id(),
                root.name(),
                root.serialNumber(),
                root.signingKeyId(),
                root.externalTrustDomain(),
                root.notBefore(),
                root.notAfter(),
                root.rootCert(),
                root.intermediateCerts(),
                active,
                root.privateKeyType(),
                root.privateKeyBits());
    }

    private Optional<KeyedRoot> active(CaRootRows held) {
        return held.rows().stream().filter(row -> row.active).findFirst().map(this::keyed);
    }

    private List<KeyedRoot> keyed(CaRootRows held) {
        return held.rows().stream().map(this::keyed).toList();
    }

    private KeyedRoot keyed(CaRootRow row) {
        return new KeyedRoot(Payloads.read(row.payload, CaRoot.class), cipher.open(place(row.id), row.keySealed));
    }

    private static String place(String rootId) {
        return "ca root " + rootId;
    }
}
