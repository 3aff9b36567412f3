package dev.entente.boot.wiring;

/**
 * This run of this replica; owner of its leases.
 *
 * @param owner unique among the living: kept over restarts where the data directory proves that the predecessor is dead, else new for
 *     each run
 */
record Replica(String owner) {}
