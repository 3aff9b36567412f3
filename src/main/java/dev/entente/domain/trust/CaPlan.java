package dev.entente.domain.trust;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.Refusal;

/** What a new configuration of the authority asks for (protocol chapter 6.9). */
public sealed interface CaPlan {

    /** Nothing differs. */
    record Nothing() implements CaPlan {}

    /** The root stays; other settings change. */
    record SameRoot(CaSettings settings) implements CaPlan {}

    /** Another key or certificate is wanted: a rotation. */
    record OtherRoot(CaSettings settings, boolean crossSigned) implements CaPlan {}

    /**
     * Compares.
     *
     * @param heldIndex the index of the configuration held
     * @param expectedIndex the index that the operator saw, or 0 for whichever
     */
    static Outcome<CaPlan> of(CaConfiguration held, long heldIndex, CaConfiguration wanted, long expectedIndex) {
        if (!wanted.state().isEmpty() && !wanted.state().equals(held.state())) {
            return Outcome.refused(Refusal.badRequest(
                    "Provider State is read-only. It must be omitted or identical to the current value"));
        }
        if (wanted.provider().equals(held.provider()) && wanted.config().equals(held.config())) {
            return Outcome.accepted(new Nothing());
        }
        if (!wanted.provider().equals(CaConfiguration.BUILT_IN)) {
            return Outcome.refused(Refusal.invalid(
                    "could not initialize provider: unknown CA provider \"" + wanted.provider() + "\""));
        }
        Outcome<CaPlan> plan = CaSettings.of(wanted)
                .flatMap(settings -> CaSettings.of(held).flatMap(now -> compare(now, settings, wanted)));
        return expectedIndex == 0 || expectedIndex == heldIndex
                ? plan
                : plan.flatMap(late -> Outcome.refused(Refusal.invalid("ModifyIndex did not match existing")));
    }

    private static Outcome<CaPlan> compare(CaSettings now, CaSettings settings, CaConfiguration wanted) {
        if (settings.hasRootOf(now)) {
            return Outcome.accepted(new SameRoot(settings));
        }
        if (!now.crossSigning() && !wanted.forceWithoutCrossSigning()) {
            return Outcome.refused(Refusal.invalid("The current CA Provider does not support cross-signing. You can try"
                    + " again with ForceWithoutCrossSigningSet but this may cause disruption - see documentation for"
                    + " more."));
        }
        return Outcome.accepted(new OtherRoot(settings, !wanted.forceWithoutCrossSigning()));
    }
}
