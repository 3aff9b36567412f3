package dev.entente.domain.peering;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.PeeringId;
import dev.entente.domain.identity.SecretHash;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes this cluster ready to be dialed by a peer that shows a new single-use secret; an unused earlier one is void (protocol
 * chapter 1.3).
 *
 * <p>An existing acceptor keeps its id, spelling, meta, state and stream secrets. Two records get another answer than from the
 * snapshot, which gives a token that can never be used: a TERMINATED one comes back to PENDING, without the stream secrets of
 * its earlier life, and a DELETING one is refused.
 */
public record GenerateToken(
        PeeringId newId, PartitionName partition, PeerName name, Map<String, String> meta, SecretHash establishment)
        implements PeeringCommand {

    @Override
    public Outcome<Optional<HeldPeering>> decide(@Nullable HeldPeering held) {
        if (held == null) {
            return Decisions.becomes(created(), establishing(PeeringSecrets.NONE));
        }
        if (held.peering().isDialer()) {
            return Decisions.invalid("cannot create peering with name: \""
                    + held.peering().name() + "\"; there is already an established peering");
        }
        if (held.isBeingDeleted()) {
            return Decisions.markedForDeletion();
        }
        if (held.isTerminated()) {
            return Decisions.becomes(held.peering().inState(PeeringState.PENDING), establishing(PeeringSecrets.NONE));
        }
        return Decisions.becomes(held.peering(), establishing(held.secrets()));
    }

    private Peering created() {
        return new Peering(
                newId, partition, name, PeeringState.PENDING, null, meta, "", List.of(), "", List.of(), Remote.UNKNOWN);
    }

    private PeeringSecrets establishing(PeeringSecrets kept) {
        return new PeeringSecrets(establishment, kept.pending(), kept.active(), null);
    }
}
