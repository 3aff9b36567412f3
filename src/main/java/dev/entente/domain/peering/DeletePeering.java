package dev.entente.domain.peering;

import dev.entente.domain.identity.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Marks a peering for deletion: its secrets go at once and the record keeps what the farewell needs (protocol chapter 7.1). What does
 * not exist or is already marked is left as it is.
 */
public record DeletePeering(Instant now) implements PeeringCommand {
    @Override
    public Outcome<Optional<HeldPeering>> decide(@Nullable HeldPeering held) {
        if (held == null || held.isBeingDeleted()) {
            return Decisions.unchanged(held);
        }
        return Decisions.becomes(marked(held.peering()), PeeringSecrets.NONE);
    }

    private Peering marked(Peering peering) {
        return new Peering(
                peering.id(),
                peering.partition(),
                peering.name(),
                PeeringState.DELETING,
                now,
                Map.of(),
                "",
                List.of(),
                "",
                peering.serverAddresses(),
                peering.remote(),
                peering.manualServerAddresses());
    }
}
