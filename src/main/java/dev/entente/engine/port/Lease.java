package dev.entente.engine.port;

/**
 * The right to do something alone for a while.
 *
 * @param name what for, for example {@code dial/<peering id>}
 * @param owner the replica that holds it
 * @param token grows with every new holder; a store refuses writes that show an older one
 */
public record Lease(String name, String owner, long token) {}
