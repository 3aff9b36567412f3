package dev.entente.domain.peering;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.Secret;
import dev.entente.domain.identity.SecretHash;

/** A step in the life of a peering's secrets that is written together with its record (protocol chapter 1.6). */
public sealed interface SecretChange {

    /** The secrets afterwards, or why the step is not one for them. */
    Outcome<PeeringSecrets> from(PeeringSecrets before);

    /** The secrets stay as they are. */
    record Unchanged() implements SecretChange {
        @Override
        public Outcome<PeeringSecrets> from(PeeringSecrets before) {
            return Outcome.accepted(before);
        }
    }

    /** There is a new token. */
    record TokenMade(SecretHash establishment) implements SecretChange {
        @Override
        public Outcome<PeeringSecrets> from(PeeringSecrets before) {
            return Outcome.accepted(
                    new PeeringSecrets(establishment, before.pending(), before.active(), before.dialing()));
        }
    }

    /** The token was used, and this stream secret given for it. */
    record TokenUsed(Secret establishment, SecretHash pending) implements SecretChange {
        @Override
        public Outcome<PeeringSecrets> from(PeeringSecrets before) {
            if (before.equals(PeeringSecrets.NONE)) {
                return refused("cannot exchange peering secret: no known secrets for peering");
            }
            SecretHash expected = before.establishment();
            if (expected == null) {
                return refused("invalid establishment secret: peering was already established");
            }
            return expected.matches(establishment)
                    ? Outcome.accepted(new PeeringSecrets(null, pending, before.active(), before.dialing()))
                    : refused("invalid establishment secret");
        }
    }

    /** A stream was opened with the pending secret. */
    record PendingUsed(Secret pending) implements SecretChange {
        @Override
        public Outcome<PeeringSecrets> from(PeeringSecrets before) {
            if (before.equals(PeeringSecrets.NONE)) {
                return refused("cannot promote pending secret: no known secrets for peering");
            }
            SecretHash expected = before.pending();
            return expected != null && expected.matches(pending)
                    ? Outcome.accepted(new PeeringSecrets(before.establishment(), null, expected, before.dialing()))
                    : refused("invalid pending stream secret");
        }
    }

    /** The other side gave this stream secret; we dial with it. */
    record Established(Secret dialing) implements SecretChange {
        @Override
        public Outcome<PeeringSecrets> from(PeeringSecrets before) {
            return Outcome.accepted(new PeeringSecrets(null, null, null, dialing));
        }
    }

    private static Outcome<PeeringSecrets> refused(String text) {
        return Outcome.refused(Refusal.invalid(text));
    }
}
