package dev.entente.engine.port;

/**
 * A change as it stands in the log or in the hot state.
 *
 * @param position where it became visible: epoch × 2^32 + count, what {@code X-Consul-Index} shows
 * @param createPosition the position at which the record came into being
 */
public record LogEntry(long position, long createPosition, Change change) {}
