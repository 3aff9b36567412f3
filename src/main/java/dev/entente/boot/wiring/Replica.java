package dev.entente.boot.wiring;

/**
 * This run of this replica; owner of its leases.
 *
 * @param owner unique for each run, so that a replica started anew does not take a lease of its dead predecessor for its own
 */
record Replica(String owner) {}
