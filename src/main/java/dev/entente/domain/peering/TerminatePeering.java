package dev.entente.domain.peering;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PeeringId;
import dev.entente.domain.identity.Secret;
import dev.entente.domain.identity.SecretHash;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Notes that the peer has deleted its side (protocol chapter 7.3); all else in the record stays, the secrets too.
 *
 * <p>The notice may come late: it is repeated while the store does not answer, and a call that nobody waits for any more may still take
 * effect. By then a new token may have brought the peering back, with the same id. So it ends only the life in which it was told: on a
 * dialer each has another id of the peer's, on an acceptor each begins without the stream secrets of the one before.
 *
 * <p>A record that is being deleted here stays so: turning it to TERMINATED, as the snapshot does when both sides delete at once,
 * would keep it forever (protocol chapter 7.5).
 *
 * @param peerId the peer's id of the peering when the stream began on which it was told; empty on the acceptor
 * @param shown the secret with which that stream was opened
 */
public record TerminatePeering(PeeringId id, String peerId, Secret shown) implements PeeringCommand {
    @Override
    public Outcome<Optional<HeldPeering>> decide(@Nullable HeldPeering held) {
        if (held == null || held.isNot(id) || !held.peering().isActive() || isOfAnotherLife(held)) {
            return Decisions.unchanged(held);
        }
        return Decisions.becomes(held.peering().inState(PeeringState.TERMINATED), held.secrets());
    }

    private boolean isOfAnotherLife(HeldPeering held) {
        if (held.peering().isDialer()) {
            return !held.peering().peerId().equals(peerId);
        }
        SecretHash active = held.secrets().active();
        return active == null || !active.matches(shown);
    }
}
