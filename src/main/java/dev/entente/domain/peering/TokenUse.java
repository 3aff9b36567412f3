package dev.entente.domain.peering;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.PeeringId;
import dev.entente.domain.token.PeeringToken;
import java.util.List;
import java.util.Map;

/**
 * A token that an operator wants to be used, and what the peering is like once it was (protocol chapter 1.4).
 *
 * @param connected whether the stream of the existing peering is up: then the addresses that the peer has told are newer than those of
 *     its token
 */
public record TokenUse(
        PartitionName partition, PeerName name, Map<String, String> meta, PeeringToken token, boolean connected) {
    public TokenUse {
        meta = Map.copyOf(meta);
    }

    /** A new peering. */
    Peering as(PeeringId id) {
        return dialing(id, name, PeeringState.PENDING, token.serverAddresses(), told());
    }

    /** An existing peering, dialed as the token says; it keeps its id, its spelling and its state. */
    public Peering on(Peering before) {
        boolean isThatPeer = before.peerId().equals(token.peerId());
        return dialing(
                before.id(),
                before.name(),
                before.state(),
                connected && isThatPeer ? before.serverAddresses() : token.serverAddresses(),
                told().isUnknown() ? before.remote() : told());
    }

    private Remote told() {
        return new Remote(token.remotePartition(), token.remoteDatacenter());
    }

    private Peering dialing(
            PeeringId id, PeerName spelling, PeeringState state, List<String> addresses, Remote remote) {
        return new Peering(
                id,
                partition,
                spelling,
                state,
                null,
                meta,
                token.peerId(),
                token.caPems(),
                token.serverName(),
                addresses,
                remote,
                token.manualServerAddresses());
    }
}
