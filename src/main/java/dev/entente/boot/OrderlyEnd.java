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
 *
 * <p>It also decides the status of a process that was stopped by a signal: that of the application, which is 0 when it stopped as
 * it should. The JVM by itself would name the signal, as if the agent had been cut down.
 */
final class OrderlyEnd {
    private static final Duration APPLICATION_STOP = Duration.ofSeconds(10);

    private final CountDownLatch applicationStopped = new CountDownLatch(1);
    private @Nullable EmbeddedStores stores;
    private boolean applicationRuns;
    private boolean ending;
    private volatile int status;

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

    /** From now on the end waits for the application; a process that is ending already starts none. */
    void applicationStarts() {
        if (!mayStart()) {
            // The hook ends the process; whoever came here has nothing left to do.
            waitFor(APPLICATION_STOP);
        }
    }

    private synchronized boolean mayStart() {
        applicationRuns = !ending;
        return applicationRuns;
    }

    /** From now on the stores may stop; the exit of the JVM does it, and ends with this status. */
    void applicationHasStopped(int statusOfApplication) {
        status = statusOfApplication;
        applicationStopped.countDown();
    }

    private void stop() {
        boolean waits = isRunning();
        boolean stopped = waits && waitFor(APPLICATION_STOP);
        if (waits && !stopped) {
            System.err.println("==> the application did not stop in time");
        }
        close();
        if (stopped) {
            System.out.flush();
            Runtime.getRuntime().halt(status);
        }
    }

    private synchronized boolean isRunning() {
        ending = true;
        return applicationRuns;
    }

    private boolean waitFor(Duration atMost) {
        try {
            return applicationStopped.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private synchronized void close() {
        EmbeddedStores running = stores;
        if (running != null) {
            running.close();
        }
    }
}
