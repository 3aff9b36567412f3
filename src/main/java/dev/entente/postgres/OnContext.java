package dev.entente.postgres;

import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings each call to the database onto a Vert.x context of its own, wherever it came from, and its answer back.
 *
 * <p>Hibernate Reactive keeps its session in the current context: two calls on one context would share a session, and without
 * a context there is none. A call that was begun always runs to its end, also when the caller stops waiting, so that no
 * transaction is left open.
 */
@ApplicationScoped
class OnContext {
    private final VertxInternal vertx;

    OnContext(Vertx vertx) {
        this.vertx = (VertxInternal) vertx;
    }

    /** Runs the work on an event loop: the caller's own when it is on one. */
    <T> Uni<T> run(Supplier<Uni<T>> work) {
        return backToCaller(emitter -> {
            Context own = VertxContext.createNewDuplicatedContext(eventLoop(Vertx.currentContext()));
            VertxContextSafetyToggle.setContextSafe(own, true);
            own.runOnContext(
                    started -> Uni.createFrom().deferred(work::get).subscribe().with(emitter::complete, emitter::fail));
        });
    }

    /** Something that may be answered from anywhere, and is heard on the context of the caller. */
    static <T> Uni<T> backToCaller(Consumer<UniEmitter<? super T>> asked) {
        return Uni.createFrom().deferred(() -> {
            Context caller = Vertx.currentContext();
            Uni<T> answer = Uni.createFrom().emitter(asked);
            return caller == null ? answer : answer.emitOn(task -> caller.runOnContext(returned -> task.run()));
        });
    }

    private Context eventLoop(@Nullable Context caller) {
        return caller != null && caller.isEventLoopContext() ? caller : vertx.createEventLoopContext();
    }
}
