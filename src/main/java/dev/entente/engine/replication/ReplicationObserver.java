package dev.entente.engine.replication;

import dev.entente.domain.peering.Peering;
import dev.entente.domain.stream.Ending;
import dev.entente.domain.stream.Role;

/** Hears what becomes of streams; for logs and meters. Calls come from event loops and must not block. */
public interface ReplicationObserver {
    /** Hears nothing. */
    ReplicationObserver NONE = new ReplicationObserver() {};

    default void streamBegan(Peering peering, Role role) {}

    default void streamEnded(Peering peering, Role role, Ending ending) {}

    /** A dial attempt ended before its stream began. */
    default void dialFailed(Peering peering, String address, Ending ending) {}

    /** A resource was not sent because the other side does not take messages of its size; it keeps what it had. */
    default void resourceTooLarge(Peering peering, String resourceId) {}

    /** Something failed that is tried again or given up; {@code doing} is a constant. */
    default void trouble(String doing, Throwable cause) {}
}
