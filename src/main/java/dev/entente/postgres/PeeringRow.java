package dev.entente.postgres;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A peering as a row. */
@Entity
@Table(name = "peerings")
@IdClass(PeeringRow.Key.class)
@SuppressWarnings("NullAway.Init")
class PeeringRow {
    @Id
    String partition;

    @Id
    @Column(name = "name_key")
    String nameKey;

    @Column(name = "id")
    String peeringId;

    String payload;

    @Column(name = "dialing_sealed")
    byte @Nullable [] dialingSealed;

    @Column(name = "create_version")
    long createVersion;

    @Column(name = "modify_version")
    long modifyVersion;

    /** The primary key. */
    static class Key implements Serializable {
        private static final long serialVersionUID = 1L;

        String partition;
        String nameKey;

        Key() {}

        Key(String partition, String nameKey) {
            this.partition = partition;
            this.nameKey = nameKey;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && partition.equals(key.partition) && nameKey.equals(key.nameKey);
        }

        @Override
        public int hashCode() {
            return Objects.hash(partition, nameKey);
        }
    }
}
