package dev.entente.domain.stream;

/**
 * What stays the same while a stream runs.
 *
 * @param remoteId on the dialer, the id that the other side has for this peering; empty on the acceptor
 */
record Conversation(Role role, String remoteId, StreamSettings settings) {}
