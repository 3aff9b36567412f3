package dev.entente.fake;

import dev.entente.engine.port.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;

/** An event loop in virtual time: it runs when the test lets it, and its clock moves only then. */
public final class VirtualLoop implements EventLoop {
    private final Deque<Runnable> ready = new ArrayDeque<>();
    private final PriorityQueue<Scheduled> timers =
            new PriorityQueue<>(Comparator.comparingLong(Scheduled::due).thenComparingLong(Scheduled::sequence));
    private long now;
    private long sequence;

    private record Scheduled(long due, long sequence, Runnable task) {}

    @Override
    public void execute(Runnable task) {
        ready.add(task);
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        Scheduled scheduled = new Scheduled(now + delay.toNanos(), sequence++, task);
        timers.add(scheduled);
        return () -> timers.remove(scheduled);
    }

    @Override
    public Timer every(Duration period, Runnable task) {
        boolean[] stopped = {false};
        Runnable[] again = new Runnable[1];
        again[0] = () -> {
            if (!stopped[0]) {
                task.run();
                after(period, again[0]);
            }
        };
        after(period, again[0]);
        return () -> stopped[0] = true;
    }

    public long nanoTime() {
        return now;
    }

    /** Runs what is ready, and what becomes ready by that. */
    public void run() {
        for (Runnable task = ready.poll(); task != null; task = ready.poll()) {
            task.run();
        }
    }

    /** Lets time pass, running everything that is due on the way. */
    public void advance(Duration time) {
        long until = now + time.toNanos();
        run();
        for (Scheduled next = timers.peek(); next != null && next.due() <= until; next = timers.peek()) {
            timers.poll();
            now = next.due();
            next.task().run();
            run();
        }
        now = until;
    }
}
