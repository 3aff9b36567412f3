package dev.entente.engine.port;

import dev.entente.domain.stream.Resource;
import dev.entente.domain.stream.StreamMessage;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.Optional;

/**
 * Our end of one open stream. All calls come from the event loop of the session, and never block.
 *
 * <p>Inbound messages arrive one per {@link #request}: who does not ask is not sent more than the transport's window.
 */
public interface StreamLink {

    void send(StreamMessage message);

    /**
     * Makes what is large ready to be sent, away from the event loop, so that sending it is quick; completes on any thread, with a
     * failure if it cannot be made ready. Empty when nothing is large.
     */
    default Optional<Uni<Void>> preparation(Collection<? extends Resource> content) {
        return Optional.empty();
    }

    /** Whether the other side takes a message of this size; one that it does not take would end the stream. */
    default boolean fits(StreamMessage message) {
        return true;
    }

    /** Whether the transport takes more without buffering; {@link StreamListener#onReady} tells when it does again. */
    boolean isReady();

    /** Asks for one more inbound message. */
    void request();

    /** Ends our direction: a dialer half-closes, an acceptor ends the call with OK. */
    void complete();

    /** Ends the call: an acceptor with this status, a dialer by cancelling. */
    void fail(StreamEnd end);
}
