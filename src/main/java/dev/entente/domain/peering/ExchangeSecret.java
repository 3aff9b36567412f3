package dev.entente.domain.peering;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PeeringId;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.Secret;
import dev.entente.domain.identity.SecretHash;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Trades the single-use secret of a token for a stream secret: the one is consumed as the other becomes pending (protocol chapter 1.6).
 *
 * <p>Whatever is wrong, the answer is the same, so that nobody learns which peerings exist. A token from before the peer parted is
 * void too: the peering takes no stream until a new token is made.
 */
public record ExchangeSecret(PeeringId id, Secret presented, SecretHash pending) implements PeeringCommand {
    /** The answer to anything but the right secret. */
    public static final Refusal DENIED =
            new Refusal(Refusal.Kind.PERMISSION_DENIED, "invalid peering establishment secret");

    @Override
    public Outcome<Optional<HeldPeering>> decide(@Nullable HeldPeering held) {
        if (held == null || held.isNot(id) || !held.peering().isActive()) {
            return Outcome.refused(DENIED);
        }
        SecretHash expected = held.secrets().establishment();
        if (expected == null || !expected.matches(presented)) {
            return Outcome.refused(DENIED);
        }
        return Decisions.becomes(
                held.peering(),
                new PeeringSecrets(
                        null, pending, held.secrets().active(), held.secrets().dialing()));
    }
}
