package dev.entente.engine.view;

import dev.entente.engine.port.StoreUnavailableException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeoutException;

/** How far a view has come, and who waits for it to come further. */
final class AppliedPositions {
    private final ConcurrentNavigableMap<Long, Collection<UniEmitter<? super Void>>> waiters =
            new ConcurrentSkipListMap<>();
    private volatile long position;

    /** Called by the thread that applies, after the entries can be read. */
    void advance(long newPosition) {
        position = Math.max(position, newPosition);
        completeUpTo(position);
    }

    private void completeUpTo(long reached) {
        List<UniEmitter<? super Void>> due = new ArrayList<>();
        for (Long waited : waiters.headMap(reached, true).keySet()) {
            Collection<UniEmitter<? super Void>> removed = waiters.remove(waited);
            if (removed != null) {
                due.addAll(removed);
            }
        }
        due.forEach(emitter -> emitter.complete(null));
    }

    /** Completes when anything was loaded at all. */
    Uni<Void> first() {
        return awaiting(1);
    }

    /** Completes when the position is reached, and fails when that takes longer than the bound. */
    Uni<Void> reached(long target, Duration bound) {
        if (position >= target) {
            return Uni.createFrom().voidItem();
        }
        return awaiting(target)
                .ifNoItem()
                .after(bound)
                .failWith(() -> new StoreUnavailableException(
                        "the change is stored but does not show yet", new TimeoutException("position " + target)));
    }

    private Uni<Void> awaiting(long target) {
        return Uni.createFrom().emitter(emitter -> register(target, emitter));
    }

    private void register(long target, UniEmitter<? super Void> emitter) {
        waiters.compute(target, (key, held) -> {
            Collection<UniEmitter<? super Void>> set = held == null ? ConcurrentHashMap.newKeySet() : held;
            set.add(emitter);
            return set;
        });
        emitter.onTermination(() -> waiters.computeIfPresent(target, (key, held) -> {
            held.remove(emitter);
            return held.isEmpty() ? null : held;
        }));
        // The view may have come there between the caller's look and this registration.
        if (position >= target) {
            completeUpTo(position);
        }
    }
}
