package dev.entente.checks;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/** Bounds how many runs are under way at a time; a run that finds no room is skipped and counted. Safe for any thread. */
final class InFlight {
    private final Semaphore room;
    private final LongAdder skipped = new LongAdder();

    InFlight(int limit) {
        room = new Semaphore(limit);
    }

    boolean tryEnter() {
        boolean entered = room.tryAcquire();
        if (!entered) {
            skipped.increment();
        }
        return entered;
    }

    void leave() {
        room.release();
    }

    long skipped() {
        return skipped.sum();
    }
}
