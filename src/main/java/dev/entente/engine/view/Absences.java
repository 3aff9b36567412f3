package dev.entente.engine.view;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The indexes of things that are not there. Who asks for the first time is told the first position of the epoch, the same by every
 * replica and after every restart, and who comes back with that waits: it saw nothing, and there is nothing. Who comes with another index
 * saw something, or saw it disappear: what was seen to disappear here has the position at which it did, the rest that of the load.
 * Changed only by the thread that applies entries.
 */
final class Absences {
    /** How many disappearances are remembered; what is forgotten counts as changed at its position. */
    private static final int REMEMBERED = 10_000;

    private static final int EPOCH_SHIFT = 32;

    private final Map<String, Long> gone = new ConcurrentHashMap<>();
    private final Deque<String> order = new ArrayDeque<>();
    private volatile long base = 1;
    private volatile long quiet = 1;

    <T> Found<T> of(String key, T nothing) {
        long unknown = base;
        Long position = gone.get(key);
        return new Found<>(position == null ? unknown : position, quiet, nothing);
    }

    /** Nothing in a list is an absence as well. */
    <T extends Collection<?>> Found<T> orNothing(Found<T> found) {
        return found.value().isEmpty() ? new Found<>(found.index(), quiet, found.value()) : found;
    }

    /** To be told before the thing is taken away, so that no reader finds neither. */
    void disappears(String key, long position) {
        if (gone.merge(key, position, Math::max) == position) {
            order.addLast(key);
        }
        while (order.size() > REMEMBERED) {
            Long forgotten = gone.remove(order.removeFirst());
            base = forgotten == null ? base : Math.max(base, forgotten);
        }
    }

    /** What happened before this position is not known. */
    void startFrom(long position) {
        base = Math.max(base, position);
        quiet = Math.max(quiet, (position >> EPOCH_SHIFT) << EPOCH_SHIFT);
    }
}
