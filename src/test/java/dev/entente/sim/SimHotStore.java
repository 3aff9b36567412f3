package dev.entente.sim;

import dev.entente.engine.port.EventLoop;
import dev.entente.fake.InMemoryChangeLog;
import dev.entente.fake.InMemoryLeases;
import dev.entente.fake.InMemoryStreamStatuses;
import java.time.Duration;

/** The Redis of one cluster: change log, leases and statuses, lost together. */
final class SimHotStore {
    private final SimWorld world;
    private final InMemoryLeases leases;
    private final InMemoryStreamStatuses statuses;
    private final InMemoryChangeLog log;
    private long lostAt = -Duration.ofDays(1).toNanos();

    SimHotStore(SimWorld world) {
        this.world = world;
        leases = new InMemoryLeases(world::nanoTime);
        statuses = new InMemoryStreamStatuses(world::nanoTime);
        log = new InMemoryChangeLog(leases::isHeld, new OwnTime(world));
    }

    InMemoryChangeLog log() {
        return log;
    }

    InMemoryLeases leases() {
        return leases;
    }

    InMemoryStreamStatuses statuses() {
        return statuses;
    }

    /** When it was last lost; long ago if never. */
    long lostAt() {
        return lostAt;
    }

    void loseEverything() {
        lostAt = world.nanoTime();
        leases.loseEverything();
        statuses.loseEverything();
        log.loseEverything();
    }

    /** The store times its own waiting readers. */
    private record OwnTime(SimWorld world) implements EventLoop {
        @Override
        public void execute(Runnable task) {
            world.after(0, "store", task);
        }

        @Override
        public Timer after(Duration delay, Runnable task) {
            return world.after(delay.toNanos(), "store waits", task)::cancel;
        }

        @Override
        public Timer every(Duration period, Runnable task) {
            throw new UnsupportedOperationException();
        }
    }
}
