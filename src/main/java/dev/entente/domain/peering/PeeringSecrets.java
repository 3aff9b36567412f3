package dev.entente.domain.peering;

import dev.entente.domain.identity.Secret;
import dev.entente.domain.identity.SecretHash;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of one peering (protocol chapter 1.6): an acceptor keeps three hashes, a dialer the secret that it shows.
 *
 * @param establishment hash of the single-use secret of the newest token, until it is used
 * @param pending hash of the stream secret given out by the last exchange, until a stream is opened with it
 * @param active hash of the stream secret of the last opened stream
 * @param dialing on the dialer: the stream secret in the clear, because it has to be shown again at each connect
 */
public record PeeringSecrets(
        @Nullable SecretHash establishment,
        @Nullable SecretHash pending,
        @Nullable SecretHash active,
        @Nullable Secret dialing) {
    public static final PeeringSecrets NONE = new PeeringSecrets(null, null, null, null);
}
