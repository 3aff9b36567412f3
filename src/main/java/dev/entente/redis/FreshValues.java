package dev.entente.redis;

import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/**
 * Very large values that this replica has just written: it reads them back from the log a moment later, and to make them from their bytes
 * again would take most of that time. A value is found by its bytes, so it is the same whoever wrote them, and handed out once.
 *
 * <p>Holds a few, the newest, and none that the memory is needed for. Safe for any thread.
 */
final class FreshValues {
    private static final int MOST = 8;

    private final Deque<Fresh> newestFirst = new ArrayDeque<>();

    private record Fresh(int hash, SoftReference<Written> written) {}

    @SuppressWarnings("ArrayRecordComponent") // compared by content below
    private record Written(byte[] payload, Object value) {}

    synchronized void add(byte[] payload, Object value) {
        newestFirst.addFirst(new Fresh(Arrays.hashCode(payload), new SoftReference<>(new Written(payload, value))));
        if (newestFirst.size() > MOST) {
            newestFirst.removeLast();
        }
    }

    /** The value of these bytes, if it is still here; not a second time. */
    synchronized Optional<Object> take(byte[] payload) {
        int hash = Arrays.hashCode(payload);
        for (Iterator<Fresh> all = newestFirst.iterator(); all.hasNext(); ) {
            Fresh fresh = all.next();
            Written written = fresh.hash() == hash ? fresh.written().get() : null;
            if (written != null && Arrays.equals(written.payload(), payload)) {
                all.remove();
                return Optional.of(written.value());
            }
        }
        return Optional.empty();
    }
}
