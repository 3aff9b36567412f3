package dev.entente.domain.peering;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.PeeringId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The record of a peering as it is stored (protocol chapters 2.4 and 3.8).
 *
 * @param peerId the other side's id of this peering; empty on the acceptor
 * @param serverAddresses where the other side is dialed; empty on the acceptor, and that is what makes it one
 * @param remote where the other side is, {@link Remote#UNKNOWN} until the first stream
 */
public record Peering(
        PeeringId id,
        PartitionName partition,
        PeerName name,
        PeeringState state,
        @Nullable Instant deletedAt,
        Map<String, String> meta,
        String peerId,
        List<String> caPems,
        String serverName,
        List<String> serverAddresses,
        Remote remote) {
    public Peering {
        SortedMap<String, String> sorted = new TreeMap<>(meta);
        meta = java.util.Collections.unmodifiableSortedMap(sorted);
        caPems = List.copyOf(caPems);
        serverAddresses = List.copyOf(serverAddresses);
    }

    /** Whether this cluster dials the other one. */
    public boolean isDialer() {
        return !serverAddresses.isEmpty();
    }

    /** Active in the sense of protocol chapter 3.1: neither deleted, nor being deleted, nor terminated. */
    public boolean isActive() {
        return state != PeeringState.DELETING && state != PeeringState.TERMINATED && deletedAt == null;
    }
}
