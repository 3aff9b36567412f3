package dev.entente.engine.peering;

import dev.entente.domain.identity.PeeringId;
import java.util.List;

/** The names of the leases that a peering has; all replicas must agree on them. */
public final class PeeringLeases {
    private PeeringLeases() {}

    /** Held while a replica dials the peer and keeps the stream. */
    public static String dial(PeeringId id) {
        return "dial/" + id;
    }

    /** Held while a replica serves a stream that the peer has opened. */
    public static String stream(PeeringId id) {
        return "stream/" + id;
    }

    /** Held while a replica clears away what a peering has left. */
    public static String purge(PeeringId id) {
        return "purge/" + id;
    }

    /** The leases under which imports of the peering are written. */
    static List<String> ofStreams(PeeringId id) {
        return List.of(stream(id), dial(id));
    }
}
