package dev.entente.boot;

import dev.entente.boot.embedded.EmbeddedStores;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stops the private stores after the application, whichever way the process ends.
 *
 * <p>On a signal the JVM runs its hooks side by side; the one made here waits until the application has closed its connections,
 * within bounds, because an application that cannot stop must not keep its stores running. It is registered before the stores
 * start, so a signal in the middle of that finds it too.
 */
final class OrderlyEnd {
    private static final Duration APPLICATION_STOP = Duration.ofSeconds(10);

    private final CountDownLatch applicationStopped = new CountDownLatch(1);
    private @Nullable EmbeddedStores stores;

    private OrderlyEnd() {}

    static OrderlyEnd prepare() {
        OrderlyEnd end = new OrderlyEnd();
        Runtime.getRuntime().addShutdownHook(new Thread(end::stop, "stop-stores"));
        return end;
    }

    /** Starts the stores that the end of the process is to stop. */
    synchronized EmbeddedStores start(Supplier<EmbeddedStores> starting) {
        EmbeddedStores started = starting.get();
        stores = started;
        return started;
    }

    /** From now on the stores may stop; the exit of the JVM does it. */
    void applicationHasStopped() {
        applicationStopped.countDown();
    }

    private void stop() {
        try {
            if (isStarted() && !applicationStopped.await(APPLICATION_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println("==> the application did not stop in time; stopping its stores");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
    }

    private synchronized boolean isStarted() {
        return stores != null;
    }

    private synchronized void close() {
        EmbeddedStores running = stores;
        if (running != null) {
            running.close();
        }
    }
}
