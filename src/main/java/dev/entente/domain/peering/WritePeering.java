package dev.entente.domain.peering;

import dev.entente.domain.identity.Outcome;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes a record as a whole, as tools and tests of Consul do (protocol chapter 7.5). The id of the wanted record counts only when
 * there is none of its name yet.
 *
 * <p>ACTIVE and FAILING are what a stream makes of a record when it is shown, so a record that is written in such a state keeps the
 * state that it has.
 */
public record WritePeering(Peering wanted, SecretChange secrets) implements PeeringCommand {
    @Override
    public Outcome<Optional<HeldPeering>> decide(@Nullable HeldPeering held) {
        Peering peering = wanted;
        if (peering.name().value().isEmpty()) {
            return Decisions.invalid("Missing Peering Name");
        }
        if (peering.state() == PeeringState.DELETING && peering.deletedAt() == null) {
            return Decisions.invalid("Missing deletion time for peering in deleting state");
        }
        if (peering.deletedAt() != null && peering.state() != PeeringState.DELETING) {
            return Decisions.invalid("Unexpected state for peering with deletion time: " + peering.state());
        }
        return held == null ? created() : replacing(held);
    }

    private Outcome<Optional<HeldPeering>> created() {
        if (!wanted.isActive()) {
            return Decisions.invalid("cannot create a new peering marked for deletion");
        }
        return written(wanted.inState(storedState(PeeringState.PENDING)), PeeringSecrets.NONE);
    }

    private Outcome<Optional<HeldPeering>> replacing(HeldPeering held) {
        Peering before = held.peering();
        if (before.isDialer() != wanted.isDialer()) {
            return Decisions.invalid(
                    "Cannot switch peering dialing mode from " + before.isDialer() + " to " + wanted.isDialer());
        }
        if (held.isBeingDeleted() && !wanted.isActive()) {
            return Decisions.unchanged(held);
        }
        if (held.isTerminated() && wanted.state() == PeeringState.TERMINATED) {
            return Decisions.unchanged(held);
        }
        if (held.isBeingDeleted()) {
            return Decisions.invalid("cannot write to peering that is marked for deletion");
        }
        return written(replacementOf(before), held.secrets());
    }

    private Peering replacementOf(Peering before) {
        return new Peering(
                before.id(),
                before.partition(),
                before.name(),
                storedState(before.state()),
                wanted.deletedAt(),
                wanted.meta(),
                wanted.peerId(),
                wanted.caPems(),
                wanted.serverName(),
                wanted.serverAddresses(),
                wanted.remote().isUnknown() ? before.remote() : wanted.remote(),
                wanted.manualServerAddresses());
    }

    private PeeringState storedState(PeeringState otherwise) {
        return switch (wanted.state()) {
            case PENDING, ESTABLISHING, DELETING, TERMINATED -> wanted.state();
            case UNDEFINED, ACTIVE, FAILING -> otherwise;
        };
    }

    /** The secrets of a record that is not active go with the write. */
    private Outcome<Optional<HeldPeering>> written(Peering peering, PeeringSecrets before) {
        return secrets.from(peering.isActive() ? before : PeeringSecrets.NONE)
                .fold(
                        after -> Decisions.becomes(peering, after),
                        refusal ->
                                Decisions.invalid("failed to write peering establishment secret: " + refusal.text()));
    }
}
