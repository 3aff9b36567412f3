package dev.entente.engine.port;

import dev.entente.domain.identity.Secret;
import io.smallrye.mutiny.Uni;

/** What the engine offers to the peer-stream server: the only port that points inwards. */
public interface StreamAcceptor {

    /** Takes a new stream whose first message has not arrived yet; the listener returned hears it. */
    StreamListener accept(StreamLink link);

    /** Trades a single-use secret for a stream secret (protocol chapter 1.6); refusals fail with a RefusedException. */
    Uni<Secret> exchangeSecret(String peerId, Secret establishment);
}
