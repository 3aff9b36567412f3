package dev.entente.domain.peering;

import dev.entente.domain.identity.PeeringId;

/** A peering together with its secrets: what commands decide on. */
public record HeldPeering(Peering peering, PeeringSecrets secrets) {
    boolean isNot(PeeringId id) {
        return !peering.id().equals(id);
    }

    boolean isBeingDeleted() {
        return peering.state() == PeeringState.DELETING;
    }

    boolean isTerminated() {
        return peering.state() == PeeringState.TERMINATED;
    }
}
