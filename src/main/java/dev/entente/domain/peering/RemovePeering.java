package dev.entente.domain.peering;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PeeringId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Removes the record of a peering whose remains have been cleared away (protocol chapter 7.2); one of another id or none at all means
 * that this was done before.
 */
public record RemovePeering(PeeringId id) implements PeeringCommand {
    @Override
    public Outcome<Optional<HeldPeering>> decide(@Nullable HeldPeering held) {
        if (held == null || held.isNot(id)) {
            return Decisions.unchanged(held);
        }
        if (!held.isBeingDeleted()) {
            return Decisions.invalid("cannot delete a peering without first marking for deletion");
        }
        return Outcome.accepted(Optional.empty());
    }
}
