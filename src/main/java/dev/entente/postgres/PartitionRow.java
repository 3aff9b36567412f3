package dev.entente.postgres;

import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.PartitionRecord;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** An admin partition as a row. */
@Entity
@Table(name = "partitions")
@SuppressWarnings("NullAway.Init")
class PartitionRow {
    @Id
    String name;

    String description;

    @Column(name = "create_version")
    long createVersion;

    @Column(name = "modify_version")
    long modifyVersion;

    PartitionRecord toRecord() {
        return new PartitionRecord(new PartitionName(name), description);
    }
}
