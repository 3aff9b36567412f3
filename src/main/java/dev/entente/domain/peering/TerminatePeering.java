package dev.entente.domain.peering;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PeeringId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Notes that the peer has deleted its side (protocol chapter 7.3); all else in the record stays, the secrets too.
 *
 * <p>A record that is being deleted here stays so: turning it to TERMINATED, as the snapshot does when both sides delete at once,
 * would keep it forever (protocol chapter 7.5).
 */
public record TerminatePeering(PeeringId id) implements PeeringCommand {
    @Override
    public Outcome<Optional<HeldPeering>> decide(@Nullable HeldPeering held) {
        if (held == null || held.isNot(id) || !held.peering().isActive()) {
            return Decisions.unchanged(held);
        }
        return Decisions.becomes(held.peering().inState(PeeringState.TERMINATED), held.secrets());
    }
}
