package dev.entente.engine.port;

import dev.entente.domain.stream.StreamMessage;

/** Hears what the other end of a stream does. Calls may come from any thread, one at a time; implementations only enqueue. */
public interface StreamListener {

    void onMessage(StreamMessage message);

    /** The transport takes more again. */
    void onReady();

    /** The other side ended the stream normally. */
    void onEnd();

    /** The stream broke or was refused. */
    void onFailure(StreamEnd end);
}
