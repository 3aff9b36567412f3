package dev.entente.engine.replication;

import dev.entente.engine.port.EventLoop;
import io.smallrye.mutiny.Uni;
import java.util.function.Consumer;

/**
 * Asks something of the outside and takes the answer up on an event loop, in one of the callers' own turns. The only place of this
 * room where a pipeline is subscribed to: streams and dial loops live longer than any caller who could do it.
 */
record LoopCalls(EventLoop loop) {

    <T> void ask(Uni<T> question, Consumer<? super T> onAnswer, Consumer<? super Throwable> onFailure) {
        question.subscribe()
                .with(
                        answer -> loop.execute(() -> onAnswer.accept(answer)),
                        failure -> loop.execute(() -> onFailure.accept(failure)));
    }
}
