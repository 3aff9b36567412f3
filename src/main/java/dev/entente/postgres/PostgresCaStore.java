package dev.entente.postgres;

import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.trust.CaConfiguration;
import dev.entente.domain.trust.CaRoot;
import dev.entente.engine.port.CaStore;
import dev.entente.engine.port.Committed;
import dev.entente.engine.port.RecordKind;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Roots and configuration of the authority in PostgreSQL; the keys, and a configuration that may hold one, under the store key. */
@ApplicationScoped
class PostgresCaStore implements CaStore {
    private static final String CONFIGURATION = "ca configuration";

    private final Transactions transactions;
    private final StoreCipher cipher;

    PostgresCaStore(Transactions transactions, StoreCipher cipher) {
        this.transactions = transactions;
        this.cipher = cipher;
    }

    /** Both tables as they are read in one transaction. */
    private record Tables(CaRootRows roots, @Nullable CaConfigurationRow configuration) {
        long version() {
            return Math.max(roots.modifyVersion(), configuration == null ? 0 : configuration.modifyVersion);
        }
    }

    @Override
    public Uni<Optional<Held>> held() {
        return transactions.reading(session -> load(session).map(this::held));
    }

    @Override
    public Uni<Committed<Held>> initialise(CaConfiguration configuration, KeyedRoot first) {
        return transactions.locked(
                CaRootRows.LOCK,
                transaction -> load(transaction.session())
                        .chain(found -> held(found)
                                .map(held -> Uni.createFrom().item(held))
                                .orElseGet(() -> write(transaction, found, List.of(first), configuration))));
    }

    @Override
    public Uni<Committed<Optional<Held>>> replace(Held seen, List<KeyedRoot> roots, CaConfiguration configuration) {
        return transactions.locked(
                CaRootRows.LOCK,
                transaction -> load(transaction.session())
                        .chain(found -> found.version() == seen.version()
                                ? write(transaction, found, roots, configuration)
                                        .map(Optional::of)
                                : Uni.createFrom().item(Optional.empty())));
    }

    @Override
    public Uni<Long> nextIndex() {
        return transactions.writing(session -> session.createNativeQuery("select nextval('change_version')", Long.class)
                .getSingleResult());
    }

    private static Uni<Tables> load(StatelessSession session) {
        return CaRootRows.load(session)
                .chain(roots -> session.get(CaConfigurationRow.class, true)
                        .map(configuration -> new Tables(roots, configuration)));
    }

    private Uni<Held> write(
            Transaction transaction, Tables found, List<KeyedRoot> roots, CaConfiguration configuration) {
        Tables after = new Tables(
                sameRoots(found, roots) ? found.roots() : rootRows(transaction, found.roots(), roots),
                sameConfiguration(found, configuration)
                        ? found.configuration()
                        : configurationRow(transaction, found.configuration(), configuration));
        return writeRoots(transaction, found.roots(), after.roots())
                .chain(() -> writeConfiguration(transaction.session(), found.configuration(), after.configuration()))
                .map(done -> held(after).orElseThrow());
    }

    private boolean sameRoots(Tables found, List<KeyedRoot> roots) {
        return held(found).map(Held::roots).filter(roots::equals).isPresent();
    }

    private boolean sameConfiguration(Tables found, CaConfiguration configuration) {
        return found.configuration() != null
                && Payloads.areEqual(configuration(found).value(), configuration);
    }

    /** All rows are written anew, as clients see it: each root has the index of the last change of any. */
    private CaRootRows rootRows(Transaction transaction, CaRootRows found, List<KeyedRoot> roots) {
        Map<String, Long> created = new HashMap<>();
        found.rows().forEach(row -> created.put(row.id, row.createVersion));
        return new CaRootRows(
                found.clusterId(),
                roots.stream()
                        .map(root -> rootRow(
                                root,
                                created.getOrDefault(root.root().id(), transaction.version()),
                                transaction.version()))
                        .toList());
    }

    private CaRootRow rootRow(KeyedRoot root, long createVersion, long modifyVersion) {
        CaRootRow row = new CaRootRow();
        row.id = root.root().id();
        row.payload = Payloads.write(root.root().withCreateIndex(0));
        row.keySealed = cipher.seal(place(row.id), root.privateKeyPem());
        row.active = root.root().active();
        row.rotatedOutAt = root.rotatedOutAt();
        row.createVersion = createVersion;
        row.modifyVersion = modifyVersion;
        return row;
    }

    /** The one that becomes active comes last: at no moment may two be. */
    private static Uni<Void> writeRoots(Transaction transaction, CaRootRows before, CaRootRows after) {
        if (after.equals(before)) {
            return Uni.createFrom().voidItem();
        }
        after.toRoots()
                .ifPresent(
                        roots -> transaction.upsert(RecordKind.CA_ROOTS, CaRootRows.KEY, after.createVersion(), roots));
        List<String> kept = after.rows().stream().map(row -> row.id).toList();
        Uni<Void> all = Uni.createFrom().voidItem();
        for (CaRootRow row : before.rows()) {
            if (!kept.contains(row.id)) {
                all = all.chain(() -> transaction.session().delete(row));
            }
        }
        List<CaRootRow> inOrder = after.rows().stream()
                .sorted(Comparator.comparing((CaRootRow row) -> row.active))
                .toList();
        for (CaRootRow row : inOrder) {
            all = all.chain(() -> transaction.session().upsert(row));
        }
        return all;
    }

    private CaConfigurationRow configurationRow(
            Transaction transaction, @Nullable CaConfigurationRow before, CaConfiguration configuration) {
        CaConfigurationRow row = new CaConfigurationRow();
        row.id = true;
        row.sealed = cipher.seal(CONFIGURATION, Payloads.write(configuration));
        row.createVersion = before == null ? transaction.version() : before.createVersion;
        row.modifyVersion = transaction.version();
        return row;
    }

    private static Uni<Void> writeConfiguration(
            StatelessSession session, @Nullable CaConfigurationRow before, @Nullable CaConfigurationRow after) {
        return after == null || after == before ? Uni.createFrom().voidItem() : session.upsert(after);
    }

    private Optional<Held> held(Tables found) {
        if (found.roots().rows().isEmpty()) {
            return Optional.empty();
        }
        List<KeyedRoot> roots = found.roots().rows().stream().map(this::keyed).toList();
        return Optional.of(new Held(roots, configuration(found), found.version()));
    }

    /** A cluster from before there was a configuration works by the default one. */
    private Indexed<CaConfiguration> configuration(Tables found) {
        CaConfigurationRow row = found.configuration();
        if (row == null) {
            long since = found.roots().createVersion();
            return new Indexed<>(CaConfiguration.DEFAULT, since, since);
        }
        CaConfiguration read = Payloads.read(cipher.open(CONFIGURATION, row.sealed), CaConfiguration.class);
        return new Indexed<>(read, row.createVersion, row.modifyVersion);
    }

    private KeyedRoot keyed(CaRootRow row) {
        return new KeyedRoot(
                Payloads.read(row.payload, CaRoot.class).withCreateIndex(row.createVersion),
                cipher.open(place(row.id), row.keySealed),
                row.rotatedOutAt);
    }

    private static String place(String rootId) {
        return "ca root " + rootId;
    }
}
