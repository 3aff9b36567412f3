package dev.entente.postgres;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.TrustDomain;
import dev.entente.domain.trust.CaRoot;
import dev.entente.engine.port.CaRoots;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.RecordKind;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/** All root rows together with the cluster they belong to: they are one record of the change log. */
record CaRootRows(String clusterId, List<CaRootRow> rows) {
    static final LockKey LOCK = LockKey.of("ca", PartitionName.DEFAULT, "roots");
    static final String KEY = "roots";

    CaRootRows {
        rows = List.copyOf(rows);
    }

    static Uni<CaRootRows> load(StatelessSession session) {
        return session.createSelectionQuery("from CaRootRow order by createVersion, id", CaRootRow.class)
                .getResultList()
                .chain(rows -> ClusterRow.id(session).map(id -> new CaRootRows(id, rows)));
    }

    /** What clients see of them; empty before the first root. */
    Optional<CaRoots> toRoots() {
        List<CaRoot> roots = rows.stream()
                .map(row -> Payloads.read(row.payload, CaRoot.class).withCreateIndex(row.createVersion))
                .toList();
        return rows.stream()
                .filter(row -> row.active)
                .findFirst()
                .map(active -> new CaRoots(TrustDomain.ofCluster(clusterId), active.id, roots));
    }

    Optional<Change> toChange() {
        return toRoots().map(roots -> Change.upsert(RecordKind.CA_ROOTS, KEY, modifyVersion(), createVersion(), roots));
    }

    /** All rows are written when one changes, so this is the version of each of them. */
    long modifyVersion() {
        return rows.stream().mapToLong(row -> row.modifyVersion).max().orElse(0);
    }

    long createVersion() {
        return rows.stream().mapToLong(row -> row.createVersion).min().orElse(0);
    }
}
