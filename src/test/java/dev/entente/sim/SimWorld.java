package dev.entente.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Owns the clock, the randomness and everything that is due, in the order of (deadline, sequence); nothing else schedules. After every
 * event the invariants are looked at, and the first violation ends the run.
 */
final class SimWorld {
    static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

    private final PriorityQueue<Due> queue =
            new PriorityQueue<>(Comparator.comparingLong(Due::deadline).thenComparingLong(Due::sequence));
    private final SplittableRandom random;
    private final Trace trace;
    private Runnable afterEach = () -> {};
    private long now;
    private long sequence;
    private long events;
    private @Nullable String violation;

    /** One event to come; one that is called off stays in the queue, because removing it would cost a walk through it. */
    private static final class Due {
        private final long deadline;
        private final long sequence;
        private final String what;
        private final Runnable task;
        private boolean off;

        Due(long deadline, long sequence, String what, Runnable task) {
            this.deadline = deadline;
            this.sequence = sequence;
            this.what = what;
            this.task = task;
        }

        long deadline() {
            return deadline;
        }

        long sequence() {
            return sequence;
        }
    }

    /** Calls something off that is due later. */
    @FunctionalInterface
    interface Timer {
        void cancel();
    }

    SimWorld(long seed, Trace trace) {
        this.random = new SplittableRandom(seed);
        this.trace = trace;
    }

    void afterEach(Runnable check) {
        afterEach = check;
    }

    long nanoTime() {
        return now;
    }

    Instant time() {
        return START.plusNanos(now);
    }

    /** How many events have happened; tells what was before what. */
    long events() {
        return events;
    }

    Trace trace() {
        return trace;
    }

    Optional<String> violation() {
        return Optional.ofNullable(violation);
    }

    /** Something happened that must not; the first counts. Told and not thrown, because pipelines would catch it. */
    void violated(String what) {
        if (violation == null) {
            violation = what;
            trace.note(now, "VIOLATED", what);
        }
    }

    void note(String what, Object... parts) {
        trace.note(now, what, parts);
    }

    long between(long low, long high) {
        return low >= high ? low : random.nextLong(low, high + 1);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** @param what a constant: part of the event log */
    Timer after(long nanos, String what, Runnable task) {
        return at(now + nanos, what, task);
    }

    Timer at(long deadline, String what, Runnable task) {
        Due due = new Due(Math.max(now, deadline), sequence++, what, task);
        queue.add(due);
        return () -> due.off = true;
    }

    /** Lets time pass; false as soon as something was violated. */
    boolean run(Duration duration) {
        long until = now + duration.toNanos();
        for (Due next = queue.peek();
                next != null && next.deadline <= until && violation == null;
                next = queue.peek()) {
            queue.poll();
            now = next.deadline;
            if (!next.off) {
                happen(next);
            }
        }
        now = violation == null ? until : now;
        return violation == null;
    }

    private void happen(Due due) {
        events++;
        trace.mix(due.deadline, due.what);
        try {
            due.task.run();
        } catch (RuntimeException | Error fault) {
            violated(due.what + " failed: " + describe(fault));
        }
        afterEach.run();
    }

    static String describe(Throwable fault) {
        StackTraceElement[] stack = fault.getStackTrace();
        return fault + (stack.length == 0 ? "" : " at " + stack[0]);
    }
}
