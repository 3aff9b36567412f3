package dev.entente.engine.replication;

import dev.entente.domain.stream.StreamMessage;
import dev.entente.engine.port.StreamEnd;
import dev.entente.engine.port.StreamListener;
import java.util.function.Consumer;

/** Hears nothing but how a stream fails. */
record FailureListener(Consumer<String> failure) implements StreamListener {
    @Override
    public void onMessage(StreamMessage message) {}

    @Override
    public void onReady() {}

    @Override
    public void onEnd() {}

    @Override
    public void onFailure(StreamEnd end) {
        failure.accept(end.text());
    }
}
