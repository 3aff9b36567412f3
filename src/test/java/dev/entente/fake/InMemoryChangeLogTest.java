package dev.entente.fake;

import dev.entente.contract.ChangeLogContract;
import dev.entente.engine.port.ChangeLog;
import dev.entente.engine.port.EventLoop;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;

class InMemoryChangeLogTest extends ChangeLogContract {
    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor();

    private final InMemoryChangeLog log = new InMemoryChangeLog((partition, lease) -> true, new RealTime());

    @AfterAll
    static void stopTheClock() {
        CLOCK.shutdownNow();
    }

    @Override
    protected ChangeLog log() {
        return log;
    }

    @Override
    protected void loseEverything() {
        log.loseEverything();
    }

    private static final class RealTime implements EventLoop {
        @Override
        public void execute(Runnable task) {
            CLOCK.execute(task);
        }

        @Override
        public Timer after(Duration delay, Runnable task) {
            var scheduled = CLOCK.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> scheduled.cancel(false);
        }

        @Override
        public Timer every(Duration period, Runnable task) {
            throw new UnsupportedOperationException();
        }
    }
}
