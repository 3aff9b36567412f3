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
 * @param serverAddresses where the other side says that it is dialed
 * @param remote where the other side is, {@link Remote#UNKNOWN} until the first stream
 * @param manualServerAddresses where the other side's operator says that it is dialed; they go before {@code serverAddresses}
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
        Remote remote,
        List<String> manualServerAddresses) {
    public Peering {
        SortedMap<String, String> sorted = new TreeMap<>(meta);
        meta = Collections.unmodifiableSortedMap(sorted);
        caPems = List.copyOf(caPems);
        serverAddresses = List.copyOf(serverAddresses);
        // Records that were written before there were such addresses have none.
        manualServerAddresses = manualServerAddresses == null ? List.of() : List.copyOf(manualServerAddresses);
    }

    /** A peering for which no operator gave addresses. */
    public Peering(
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
        this(
                id,
                partition,
                name,
                state,
                deletedAt,
                meta,
                peerId,
                caPems,
                serverName,
                serverAddresses,
                remote,
                List.of());
    }

    /** Whether this cluster dials the other one: only then there is an address. */
    public boolean isDialer() {
        return !dialAddresses().isEmpty();
    }

    /** Where the other side is dialed: what its operator gave, else what it said itself (newer-releases §2). */
    public List<String> dialAddresses() {
        return manualServerAddresses.isEmpty() ? serverAddresses : manualServerAddresses;
    }

    /** Active in the sense of protocol chapter 3.1: neither deleted, nor being deleted, nor terminated. */
    public boolean isActive() {
        return state != PeeringState.DELETING && state != PeeringState.TERMINATED && deletedAt == null;
    }

    /** The same peering in another stored state; no state but DELETING, which has its own way, has a time of deletion. */
    public Peering inState(PeeringState next) {
        return with(next, null, serverAddresses, remote);
    }

    /** The same peering as it is shown when its stream has a say in the state. */
    public Peering shownAs(PeeringState shown) {
        return with(shown, deletedAt, serverAddresses, remote);
    }

    /** The same peering with the other side's place known. */
    Peering at(Remote place) {
        return with(state, deletedAt, serverAddresses, place);
    }

    /** The same peering, whose other side says that it is dialed elsewhere. */
    Peering reachedAt(List<String> addresses) {
        return with(state, deletedAt, addresses, remote);
    }

    private Peering with(
            PeeringState newState, @Nullable Instant newDeletedAt, List<String> newAddresses, Remote newRemote) {
        return new Peering(
                id,
                partition,
                name,
                newState,
                newDeletedAt,
                meta,
                peerId,
                caPems,
                serverName,
                newAddresses,
                newRemote,
                manualServerAddresses);
    }
}
