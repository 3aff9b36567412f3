package dev.entente.engine.port;

import io.smallrye.mutiny.Uni;
import java.time.Duration;

/** One thread's turn-taking: what is given to it runs one after the other and never at the same time. */
public interface EventLoop {

    /** Runs a task later on this loop; in the order given. */
    void execute(Runnable task);

    /** Runs a task once after a delay. */
    Timer after(Duration delay, Runnable task);

    /** Runs a task again and again. */
    Timer every(Duration period, Runnable task);

    /** Completes on this loop after a delay; cancelling it calls the timer off. All waiting of the engine is on event loops. */
    default Uni<Void> elapsed(Duration delay) {
        return Uni.createFrom().emitter(emitter -> {
            Timer timer = after(delay, () -> emitter.complete(null));
            emitter.onTermination(timer::cancel);
        });
    }

    /** A task that can be called off; calling it off twice does nothing. */
    @FunctionalInterface
    interface Timer {
        void cancel();
    }
}
