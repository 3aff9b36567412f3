package dev.entente.domain.peering;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PeeringId;
import dev.entente.domain.identity.Refusal.Kind;
import dev.entente.domain.identity.Secret;
import dev.entente.domain.identity.SecretHash;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Admits a stream that shows a stream secret (protocol chapter 3.1, steps 5 to 12). The active secret changes nothing; the pending one
 * becomes the active one, and what the peer says about itself is kept with it.
 *
 * <p>The pending secret also brings a TERMINATED peering back: the peer has used a newer token than it had when it said that it parted, and
 * that word came late. The snapshot refuses such a stream for ever.
 */
public record OpenStream(PeeringId id, Secret presented, Remote remote) implements PeeringCommand {
    @Override
    public Outcome<Optional<HeldPeering>> decide(@Nullable HeldPeering held) {
        if (held == null || held.isNot(id)) {
            return Decisions.refused(Kind.INVALID_ARGUMENT, "initial subscription for unknown PeerID: " + id);
        }
        if (held.isTerminated()
                && !held.peering().isDialer()
                && matches(held.secrets().pending())) {
            return authorised(held.peering().inState(PeeringState.PENDING), held.secrets());
        }
        if (!held.peering().isActive()) {
            return Decisions.refused(Kind.ABORTED, "peering is marked as deleted: " + id);
        }
        if (held.secrets().equals(PeeringSecrets.NONE)) {
            return Decisions.refused(Kind.INTERNAL, "unable to authorize connection, peering must be re-established");
        }
        if (held.peering().isDialer()) {
            return wrongEnd(held.secrets().dialing());
        }
        return authorised(held.peering(), held.secrets());
    }

    private Outcome<Optional<HeldPeering>> authorised(Peering peering, PeeringSecrets secrets) {
        if (matches(secrets.active())) {
            return Decisions.becomes(peering, secrets);
        }
        SecretHash pending = secrets.pending();
        if (pending != null && pending.matches(presented)) {
            return Decisions.becomes(
                    remote.isUnknown() ? peering : peering.at(remote),
                    new PeeringSecrets(secrets.establishment(), null, pending, secrets.dialing()));
        }
        return denied();
    }

    /** Only who knows the secret is told that it dials the wrong way. */
    private Outcome<Optional<HeldPeering>> wrongEnd(@Nullable Secret dialing) {
        if (dialing != null && matches(dialing.hash())) {
            return Decisions.refused(
                    Kind.INVALID_ARGUMENT, "expected PeerID to be empty; the wrong end of peering is being dialed");
        }
        return denied();
    }

    private boolean matches(@Nullable SecretHash expected) {
        return expected != null && expected.matches(presented);
    }

    private static Outcome<Optional<HeldPeering>> denied() {
        return Decisions.refused(Kind.PERMISSION_DENIED, "invalid peering stream secret");
    }
}
