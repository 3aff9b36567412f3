package dev.entente.boot.wiring;

import dev.entente.engine.port.EventLoop;
import dev.entente.engine.port.EventLoops;
import dev.entente.engine.port.SideThreads;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Gives out the event loops that HTTP and the stores use too, one after the other, and such with a thread of their own. */
final class VertxEventLoops implements EventLoops, AutoCloseable {
    private static final int STOP_SECONDS = 2;

    private final Vertx vertx;
    private final List<EventExecutor> alone = new CopyOnWriteArrayList<>();
    /** Who follows a log, and who feeds a peer, has one thing to do here at a time. */
    private final Executor aside = SideThreads.named("large-changes");

    VertxEventLoops(Vertx vertx) {
        this.vertx = vertx;
    }

    /** The public way to a Netty loop; its successor hides the loop, and with it the timers of the same thread. */
    @Override
    @SuppressWarnings("deprecation")
    public EventLoop next() {
        return new NettyLoop(vertx.nettyEventLoopGroup().next());
    }

    @Override
    public EventLoop alone(String name) {
        EventExecutor executor = new DefaultEventExecutor(new DefaultThreadFactory(name, true));
        alone.add(executor);
        return new NettyLoop(executor);
    }

    @Override
    public Executor aside() {
        return aside;
    }

    /** Ends the threads of those that have their own, once what was given to them is done. */
    @Override
    public void close() {
        alone.forEach(executor -> executor.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS));
    }

    /** Usually a thread that also serves sockets: what runs on it must be short. */
    private record NettyLoop(EventExecutor executor) implements EventLoop {
        @Override
        public void execute(Runnable task) {
            executor.execute(task);
        }

        @Override
        public Timer after(Duration delay, Runnable task) {
            return timer(executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS));
        }

        @Override
        public Timer every(Duration period, Runnable task) {
            long nanos = period.toNanos();
            return timer(executor.scheduleAtFixedRate(task, nanos, nanos, TimeUnit.NANOSECONDS));
        }

        private static Timer timer(Future<?> scheduled) {
            return () -> scheduled.cancel(false);
        }
    }
}
