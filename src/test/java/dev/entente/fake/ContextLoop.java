package dev.entente.fake;

import dev.entente.engine.port.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;

/** An event loop over one context of Vert.x. */
public final class ContextLoop implements EventLoop {
    private final Vertx vertx;
    private final Context context;

    public ContextLoop(Vertx vertx) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
    }

    @Override
    public void execute(Runnable task) {
        context.runOnContext(next -> task.run());
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        long timer = vertx.setTimer(Math.max(1, delay.toMillis()), due -> execute(task));
        return () -> vertx.cancelTimer(timer);
    }

    @Override
    public Timer every(Duration period, Runnable task) {
        long timer = vertx.setPeriodic(Math.max(1, period.toMillis()), due -> execute(task));
        return () -> vertx.cancelTimer(timer);
    }
}
