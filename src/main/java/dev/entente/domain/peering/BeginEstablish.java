package dev.entente.domain.peering;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.PeeringId;
import dev.entente.domain.token.PeeringToken;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes down how a peer is dialed, before its token is used (protocol chapter 1.4, first write).
 *
 * <p>An existing dialer keeps its id, spelling and stream secret. While its stream is connected it also keeps its state and its
 * addresses, because those came from the peer and are newer than the token. Otherwise it is PENDING until the token is used, so
 * that every replica sees when it has a new secret to dial with. A TERMINATED one begins anew without a secret, as in releases after
 * the snapshot.
 *
 * @param connected whether the stream of the existing peering is up
 */
public record BeginEstablish(
        PeeringId newId,
        PartitionName partition,
        PeerName name,
        Map<String, String> meta,
        PeeringToken token,
        boolean connected)
        implements PeeringCommand {

    @Override
    public Outcome<Optional<HeldPeering>> decide(@Nullable HeldPeering held) {
        if (held == null) {
            Remote remote = new Remote(token.remotePartition(), token.remoteDatacenter());
            return Decisions.becomes(
                    dialing(newId, name, PeeringState.PENDING, token.serverAddresses(), remote), PeeringSecrets.NONE);
        }
        Peering before = held.peering();
        if (!before.isDialer()) {
            return Decisions.invalid("cannot create peering with name: \"" + before.name()
                    + "\"; there is an existing peering expecting to be dialed");
        }
        if (held.isBeingDeleted()) {
            return Decisions.markedForDeletion();
        }
        if (connected && !held.isTerminated()) {
            return Decisions.becomes(
                    dialing(before.id(), before.name(), before.state(), before.serverAddresses(), remote(before)),
                    held.secrets());
        }
        return Decisions.becomes(
                dialing(before.id(), before.name(), PeeringState.PENDING, token.serverAddresses(), remote(before)),
                held.isTerminated() ? PeeringSecrets.NONE : held.secrets());
    }

    /** A token that does not say where it is from does not overwrite what is known. */
    private Remote remote(Peering before) {
        Remote told = new Remote(token.remotePartition(), token.remoteDatacenter());
        return told.isUnknown() ? before.remote() : told;
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
