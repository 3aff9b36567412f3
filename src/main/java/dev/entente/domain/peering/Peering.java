package dev.entente.domain.peering;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.PeeringId;
import java.time.Instant;
import java.util.Collections;
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
        meta = Collections.unmodifiableSortedMap(sorted);
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

    /** The same peering in another stored state; no state but DELETING, which has its own way, has a time of deletion. */
    public Peering inState(PeeringState next) {
        return new Peering(id, partition, name, next, null, meta, peerId, caPems, serverName, serverAddresses, remote);
    }

    /** The same peering as it is shown when its stream has a say in the state. */
    public Peering shownAs(PeeringState shown) {
        return new Peering(
                id, partition, name, shown, deletedAt, meta, peerId, caPems, serverName, serverAddresses, remote);
    }

    /** The same peering with the other side's place known. */
    Peering at(Remote place) {
        return new Peering(
                id, partition, name, state, deletedAt, meta, peerId, caPems, serverName, serverAddresses, place);
    }

    /** The same peering, dialed elsewhere. */
    Peering reachedAt(List<String> addresses) {
        return new Peering(id, partition, name, state, deletedAt, meta, peerId, caPems, serverName, addresses, remote);
    }
}
