package dev.entente.postgres;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The configuration of the certificate authority as the one row of its table. */
@Entity
@Table(name = "ca_configuration")
@SuppressWarnings("NullAway.Init")
class CaConfigurationRow {
    @Id
    Boolean id;

    byte[] sealed;

    @Column(name = "create_version")
    long createVersion;

    @Column(name = "modify_version")
    long modifyVersion;
}
