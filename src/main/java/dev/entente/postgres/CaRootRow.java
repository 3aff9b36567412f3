package dev.entente.postgres;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A root of the certificate authority as a row. */
@Entity
@Table(name = "ca_roots")
@SuppressWarnings("NullAway.Init")
class CaRootRow {
    @Id
    String id;

    String payload;

    @Column(name = "key_sealed")
    byte[] keySealed;

    boolean active;

    /** Null while the root is active. */
    @Column(name = "rotated_out_at")
    @Nullable
    Instant rotatedOutAt;

    @Column(name = "create_version")
    long createVersion;

    @Column(name = "modify_version")
    long modifyVersion;
}
