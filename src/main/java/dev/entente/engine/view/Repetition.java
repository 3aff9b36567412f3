package dev.entente.engine.view;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Does one step after the other, each begun when the one before is done, from start to stop. */
final class Repetition {
    private final AtomicReference<@Nullable Cancellable> running = new AtomicReference<>();

    /** A step that fails ends the repetition, so a step deals with its failures; what it misses is told. */
    void start(Supplier<Uni<? extends Boolean>> step, Consumer<Throwable> onEnd) {
        running.set(Multi.createBy()
                .repeating()
                .uni(step)
                .indefinitely()
                .subscribe()
                .with(done -> {}, onEnd));
    }

    void stop() {
        Cancellable held = running.getAndSet(null);
        if (held != null) {
            held.cancel();
        }
    }
}
