package dev.entente.engine.port;

import dev.entente.domain.identity.Secret;
import io.smallrye.mutiny.Uni;

/** Calls another cluster's peer-stream service (protocol chapters 1.5 and 3.2). */
public interface PeerDialer {

    /** Trades the single-use secret for a stream secret; fails with {@link StreamEndException} within two seconds. */
    Uni<Secret> exchangeSecret(DialTarget target, String peerId, Secret establishment);

    /** Opens a stream; the listener hears at once or later what becomes of it. */
    StreamLink open(DialTarget target, StreamListener listener);
}
