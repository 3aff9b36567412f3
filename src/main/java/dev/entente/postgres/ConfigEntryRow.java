package dev.entente.postgres;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;

/** A config entry as a row. */
@Entity
@Table(name = "config_entries")
@IdClass(ConfigEntryRow.Key.class)
@SuppressWarnings("NullAway.Init")
class ConfigEntryRow {
    @Id
    String partition;

    @Id
    String kind;

    @Id
    String name;

    String payload;

    @Column(name = "create_version")
    long createVersion;

    @Column(name = "modify_version")
    long modifyVersion;

    /** The primary key. */
    static class Key implements Serializable {
        private static final long serialVersionUID = 1L;

        String partition;
        String kind;
        String name;

        Key() {}

        Key(String partition, String kind, String name) {
            this.partition = partition;
            this.kind = kind;
            this.name = name;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key
                    && partition.equals(key.partition)
                    && kind.equals(key.kind)
                    && name.equals(key.name);
        }

        @Override
        public int hashCode() {
            return Objects.hash(partition, kind, name);
        }
    }
}
