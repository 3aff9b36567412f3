package dev.entente.domain.peering;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PeeringId;
import dev.entente.domain.identity.Secret;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the stream secret that the peer gave for its token, and with it all that the token says, so that it is dialed so from now on
 * (protocol chapter 1.4, second write). A peering that was deleted while the peer was asked is not brought back.
 */
public record CompleteEstablish(PeeringId id, TokenUse use, Secret streamSecret) implements PeeringCommand {
    @Override
    public Outcome<Optional<HeldPeering>> decide(@Nullable HeldPeering held) {
        if (held == null || held.isNot(id) || held.isBeingDeleted()) {
            return Decisions.markedForDeletion();
        }
        if (!held.peering().isDialer()) {
            return Decisions.invalid("failed to write peering: Cannot switch peering dialing mode from false to true");
        }
        return Decisions.becomes(
                use.on(held.peering()).inState(PeeringState.ESTABLISHING),
                new PeeringSecrets(null, null, null, streamSecret));
    }
}
