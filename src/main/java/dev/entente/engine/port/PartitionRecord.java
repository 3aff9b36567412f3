package dev.entente.engine.port;

import dev.entente.domain.identity.PartitionName;

/** An admin partition. */
public record PartitionRecord(PartitionName name, String description) {}
