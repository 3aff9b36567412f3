package dev.entente.checks;

import dev.entente.domain.identity.PartitionName;

/** A check of this replica's node. */
record CheckKey(PartitionName partition, String checkId) {}
