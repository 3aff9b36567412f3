package dev.entente.domain.peering;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PeeringId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps where the peer says that it is dialed from now on (protocol chapter 4.5). Only a dialer has such addresses, and it never
 * loses the last one, because that is what makes it the dialer. Addresses that an operator gave stay and keep being dialed
 * (newer-releases §2).
 */
public record UpdateAddresses(PeeringId id, List<String> addresses) implements PeeringCommand {
    public UpdateAddresses {
        addresses = List.copyOf(addresses);
    }

    @Override
    public Outcome<Optional<HeldPeering>> decide(@Nullable HeldPeering held) {
        if (held == null || held.isNot(id) || held.isTerminated()) {
            return Decisions.unchanged(held);
        }
        if (held.isBeingDeleted()) {
            return Decisions.markedForDeletion();
        }
        if (!held.peering().isDialer()) {
            return switchingMode(false);
        }
        if (addresses.isEmpty()) {
            return switchingMode(true);
        }
        return Decisions.becomes(held.peering().reachedAt(addresses), held.secrets());
    }

    private static Outcome<Optional<HeldPeering>> switchingMode(boolean from) {
        return Decisions.invalid(
                "failed to write peering: Cannot switch peering dialing mode from " + from + " to " + !from);
    }
}
