package dev.entente.sim;

import java.time.Duration;

/** How a store is reached from one place at the moment. */
final class Weather {
    private final SimWorld world;
    private long awayUntil;
    private long slowUntil;
    private long lossyUntil;

    Weather(SimWorld world) {
        this.world = world;
    }

    void away(Duration duration) {
        awayUntil = world.nanoTime() + duration.toNanos();
    }

    void slow(Duration duration) {
        slowUntil = world.nanoTime() + duration.toNanos();
    }

    /** Answers get lost, or calls take effect after their callers have given up. */
    void lossy(Duration duration) {
        lossyUntil = world.nanoTime() + duration.toNanos();
    }

    void clear() {
        awayUntil = Math.min(awayUntil, world.nanoTime());
        slowUntil = 0;
        lossyUntil = 0;
    }

    /** At the moment or a short time ago. */
    boolean wasAway(Duration lately) {
        return world.nanoTime() < awayUntil + lately.toNanos();
    }

    boolean isAway() {
        return world.nanoTime() < awayUntil;
    }

    boolean isSlow() {
        return world.nanoTime() < slowUntil;
    }

    boolean isLossy() {
        return world.nanoTime() < lossyUntil;
    }
}
