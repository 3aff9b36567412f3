package dev.entente.engine.view;

import dev.entente.engine.port.EventLoop;
import dev.entente.engine.port.StoreUnavailableException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** How far a view has come, and who waits for it to come further. */
final class AppliedPositions {
    private final ConcurrentNavigableMap<Waited, UniEmitter<? super Void>> waiters = new ConcurrentSkipListMap<>();
    private final AtomicLong registered = new AtomicLong();
    private volatile long position;

    /** A position that somebody waits for; several who wait for the same are called in the order in which they came. */
    private record Waited(long position, long number) implements Comparable<Waited> {
        private static final Comparator<Waited> ORDER =
                Comparator.comparingLong(Waited::position).thenComparingLong(Waited::number);

        @Override
        public int compareTo(Waited other) {
            return ORDER.compare(this, other);
        }
    }

    /** Called by the thread that applies, after the entries can be read. */
    void advance(long newPosition) {
        position = Math.max(position, newPosition);
        completeUpTo(position);
    }

    private void completeUpTo(long reached) {
        for (Waited waited :
                waiters.headMap(new Waited(reached, Long.MAX_VALUE)).keySet()) {
            UniEmitter<? super Void> due = waiters.remove(waited);
            if (due != null) {
                due.complete(null);
            }
        }
    }

    /** Completes when anything was loaded at all. */
    Uni<Void> first() {
        return awaiting(1);
    }

    /** Completes when the position is reached, and fails when that takes longer than the bound. */
    Uni<Void> reached(long target, Duration bound, EventLoop loop) {
        if (position >= target) {
            return Uni.createFrom().voidItem();
        }
        Uni<Void> overdue = loop.elapsed(bound).onItem().failWith(() -> notShown(target));
        return Uni.combine().any().of(awaiting(target), overdue);
    }

    private static StoreUnavailableException notShown(long target) {
        return new StoreUnavailableException(
                "the change is stored but does not show yet", new TimeoutException("position " + target));
    }

    private Uni<Void> awaiting(long target) {
        return Uni.createFrom().emitter(emitter -> register(target, emitter));
    }

    private void register(long target, UniEmitter<? super Void> emitter) {
        Waited waited = new Waited(target, registered.incrementAndGet());
        waiters.put(waited, emitter);
        emitter.onTermination(() -> waiters.remove(waited));
        // The view may have come there between the caller's look and this registration.
        if (position >= target) {
            completeUpTo(position);
        }
    }
}
