package dev.entente.sim;

import dev.entente.engine.port.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One life of a replica, from its start to its end. Its event loops keep their own order and no other, so that runs with different
 * seeds meet in different orders. Paused, nothing of it moves, and afterwards it does not know that time has passed.
 */
final class SimProcess {
    private static final int LOOPS = 3;
    private static final long JITTER = Duration.ofNanos(50_000).toNanos();

    private final SimWorld world;
    private final String name;
    private final List<Loop> loops = new ArrayList<>();
    private int given;
    private boolean alive = true;
    private long pausedUntil;

    SimProcess(SimWorld world, String name) {
        this.world = world;
        this.name = name;
        for (int i = 0; i < LOOPS; i++) {
            loops.add(new Loop());
        }
    }

    EventLoop nextLoop() {
        return loops.get(given++ % LOOPS);
    }

    boolean isAlive() {
        return alive;
    }

    /** Nothing of it happens any more. */
    void die() {
        alive = false;
    }

    void pause(Duration duration) {
        pausedUntil = world.nanoTime() + duration.toNanos();
    }

    /** Paused, or just woken: it may not have noticed yet what it has missed. */
    boolean isDazed() {
        return pausedUntil != 0
                && world.nanoTime() < pausedUntil + Duration.ofSeconds(2).toNanos();
    }

    /** The task as it runs in this process: not after its end, and not while it is paused. */
    void run(String what, Runnable task) {
        if (!alive) {
            return;
        }
        if (world.nanoTime() < pausedUntil) {
            world.at(pausedUntil, what, () -> run(what, task));
        } else {
            task.run();
        }
    }

    @Override
    public String toString() {
        return name;
    }

    private final class Loop implements EventLoop {
        private long last;

        @Override
        public void execute(Runnable task) {
            last = Math.max(last, world.nanoTime() + world.between(0, JITTER));
            world.at(last, "task", () -> run("task", task));
        }

        @Override
        public Timer after(Duration delay, Runnable task) {
            return world.after(delay.toNanos(), "timer", () -> run("timer", task))::cancel;
        }

        @Override
        public Timer every(Duration period, Runnable task) {
            boolean[] off = {false};
            again(period, task, off);
            return () -> off[0] = true;
        }

        private void again(Duration period, Runnable task, boolean[] off) {
            world.after(
                    period.toNanos(),
                    "period",
                    () -> run("period", () -> {
                        if (!off[0]) {
                            task.run();
                            again(period, task, off);
                        }
                    }));
        }
    }
}
