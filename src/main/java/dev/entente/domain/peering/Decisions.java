package dev.entente.domain.peering;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.Refusal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The outcomes that several commands share. */
final class Decisions {
    private Decisions() {}

    static Outcome<Optional<HeldPeering>> unchanged(@Nullable HeldPeering held) {
        return Outcome.accepted(Optional.ofNullable(held));
    }

    static Outcome<Optional<HeldPeering>> becomes(Peering peering, PeeringSecrets secrets) {
        return Outcome.accepted(Optional.of(new HeldPeering(peering, secrets)));
    }

    static Outcome<Optional<HeldPeering>> invalid(String text) {
        return Outcome.refused(Refusal.invalid(text));
    }

    static Outcome<Optional<HeldPeering>> refused(Refusal.Kind kind, String text) {
        return Outcome.refused(new Refusal(kind, text));
    }

    /** A write to a record that is going away (protocol chapter 7.5). */
    static Outcome<Optional<HeldPeering>> markedForDeletion() {
        return invalid("failed to write peering: cannot write to peering that is marked for deletion");
    }
}
