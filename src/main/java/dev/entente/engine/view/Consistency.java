package dev.entente.engine.view;

import java.util.ConcurrentModificationException;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets readers of whole tables see either all of a batch of entries or nothing of it, without making the usual reader wait: it reads
 * what there is and reads again if a batch was applied meanwhile. After some tries in vain it waits for the batch, which is short.
 */
final class Consistency {
    private static final int TRIES = 3;

    private final AtomicLong generation = new AtomicLong();
    private final ReentrantLock applying = new ReentrantLock();

    /** Applies a batch; odd generations mark that one is under way. */
    void apply(Runnable batch) {
        applying.lock();
        try {
            generation.incrementAndGet();
            batch.run();
        } finally {
            generation.incrementAndGet();
            applying.unlock();
        }
    }

    <T> T read(Supplier<T> reader) {
        for (int i = 0; i < TRIES; i++) {
            long before = generation.get();
            if ((before & 1) == 0) {
                T value = readQuietly(reader);
                if (value != null && generation.get() == before) {
                    return value;
                }
            }
        }
        applying.lock();
        try {
            return reader.get();
        } finally {
            applying.unlock();
        }
    }

    /** A reader may meet a half-applied batch and fail on it; then it just reads again. */
    private static <T> @Nullable T readQuietly(Supplier<T> reader) {
        try {
            return reader.get();
        } catch (ConcurrentModificationException | NoSuchElementException e) {
            return null;
        }
    }
}
