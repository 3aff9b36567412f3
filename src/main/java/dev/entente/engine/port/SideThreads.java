package dev.entente.engine.port;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for what would keep an event loop for long: as many as half the processors, so that the loops keep the others, and none after a
 * while without work. Their queue has no bound of its own; whoever makes them says what bounds it.
 */
public final class SideThreads {
    private static final long IDLE_SECONDS = 10;

    private SideThreads() {}

    public static Executor named(String name) {
        int most = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        AtomicInteger made = new AtomicInteger();
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, name + "-" + made.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }
}
