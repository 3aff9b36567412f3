package dev.entente.sim;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One direction of a connection. What is sent arrives in its order or not at all: a cut lets the first of what is under way arrive and
 * loses the rest, so it may fall into the middle of anything; while the way is blocked, what was sent waits.
 */
final class SimPipe {
    private static final long NEAR = Duration.ofNanos(300_000).toNanos();
    private static final long FAR = Duration.ofMillis(8).toNanos();

    private final SimWorld world;
    private final Way way;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private long lastArrival;
    private int underWay;
    private int arrivalsLeft = Integer.MAX_VALUE;

    /** Whether anything gets through at the moment. */
    interface Way {
        boolean isBlocked();
    }

    SimPipe(SimWorld world, Way way) {
        this.world = world;
        this.way = way;
    }

    static long latency(SimWorld world) {
        return world.between(NEAR, FAR);
    }

    void push(Runnable onArrival) {
        underWay++;
        lastArrival = Math.max(lastArrival, world.nanoTime() + latency(world));
        world.at(lastArrival, "arrival", () -> arrive(onArrival));
    }

    int underWay() {
        return underWay;
    }

    private void arrive(Runnable onArrival) {
        if (way.isBlocked() || !waiting.isEmpty()) {
            waiting.add(onArrival);
        } else {
            pass(onArrival);
        }
    }

    private void pass(Runnable onArrival) {
        underWay--;
        if (arrivalsLeft > 0) {
            arrivalsLeft--;
            onArrival.run();
        }
    }

    /** What had to wait goes on, in its order. */
    void unblocked() {
        while (!waiting.isEmpty()) {
            pass(waiting.remove());
        }
    }

    /** Nothing that is sent from now on arrives, and of what is under way only the beginning. */
    void cut() {
        arrivalsLeft = Math.min(arrivalsLeft, (int) world.between(0, underWay));
    }

    /** By then everything has arrived that still will. */
    long quietAt() {
        return Math.max(lastArrival, world.nanoTime());
    }
}
