package dev.entente.engine.port;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.ImportedService;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.config.ConfigEntry;
import dev.entente.domain.peering.Peering;
import dev.entente.domain.trust.TrustBundle;

/** What a record of the change log is about, and the type of its value (architecture §2). */
public enum RecordKind {
    /** A local node; key {@link Keys#node}. */
    NODE(Node.class, true),
    /** A local service instance; key {@link Keys#service}. */
    SERVICE(ServiceRecord.class, true),
    /** A local check with its newest status; key {@link Keys#check}. */
    CHECK(Check.class, true),
    /** What a check reported: changes the status inside the CHECK record, never alone (key as for CHECK). */
    CHECK_REPORT(CheckReport.class, false),
    /** A peering; key is {@code PeerName.key()}. */
    PEERING(Peering.class, true),
    /** A config entry; key {@link Keys#configEntry}. */
    CONFIG_ENTRY(ConfigEntry.class, true),
    /** The roots of the certificate authority; one record, key {@code roots}. */
    CA_ROOTS(CaRoots.class, true),
    /** An admin partition; lives in the default partition's log; key is its name. */
    PARTITION(PartitionRecord.class, true),
    /** A service that a peer exports to us; key is the resource id; has a peer. */
    IMPORTED_SERVICE(ImportedService.class, false),
    /** A peer's trust bundle; key {@code roots}; has a peer. */
    IMPORTED_BUNDLE(TrustBundle.class, false),
    /** Everything of a peer is gone; never has a value; has a peer. */
    IMPORTS_DROPPED(Void.class, false);

    private final Class<?> valueType;
    private final boolean durable;

    RecordKind(Class<?> valueType, boolean durable) {
        this.valueType = valueType;
        this.durable = durable;
    }

    public Class<?> valueType() {
        return valueType;
    }

    /** Whether PostgreSQL holds the truth and gives the versions. */
    public boolean isDurable() {
        return durable;
    }
}
