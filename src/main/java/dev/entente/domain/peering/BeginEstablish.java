package dev.entente.domain.peering;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PeeringId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes down that a peer will be dialed, before its token is used (protocol chapter 1.4, first write).
 *
 * <p>What a peering is dialed with already is not touched: a token that turns out to be used or withdrawn must not break what works.
 * Unless its stream is connected it is PENDING until the token is used, so that every replica sees when it has a new secret to dial
 * with. A TERMINATED one begins anew without a secret, as in releases after the snapshot.
 */
public record BeginEstablish(PeeringId newId, TokenUse use) implements PeeringCommand {

    @Override
    public Outcome<Optional<HeldPeering>> decide(@Nullable HeldPeering held) {
        if (held == null) {
            return Decisions.becomes(use.as(newId), PeeringSecrets.NONE);
        }
        Peering before = held.peering();
        if (!before.isDialer()) {
            return Decisions.invalid("cannot create peering with name: \"" + before.name()
                    + "\"; there is an existing peering expecting to be dialed");
        }
        if (held.isBeingDeleted()) {
            return Decisions.markedForDeletion();
        }
        if (held.isTerminated() || held.secrets().dialing() == null) {
            return Decisions.becomes(use.on(before).inState(PeeringState.PENDING), PeeringSecrets.NONE);
        }
        return use.connected()
                ? Decisions.unchanged(held)
                : Decisions.becomes(before.inState(PeeringState.PENDING), held.secrets());
    }
}
