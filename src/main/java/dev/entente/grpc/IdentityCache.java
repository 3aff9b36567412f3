package dev.entente.grpc;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was made of an object for as long as somebody else holds that very object.
 *
 * <p>Keys are compared by identity: resources are large, and comparing two of them would cost more than encoding one. Values must
 * not refer to their key. Safe for use by many threads; two that ask at the same time may both compute.
 */
final class IdentityCache<K, V> {
    private final ConcurrentMap<Reference<K>, V> values = new ConcurrentHashMap<>();
    private final ReferenceQueue<K> collected = new ReferenceQueue<>();

    V get(K key, Function<K, V> compute) {
        forgetCollected();
        V known = values.get(new Key<>(key, null));
        if (known != null) {
            return known;
        }
        V made = compute.apply(key);
        values.put(new Key<>(key, collected), made);
        return made;
    }

    boolean knows(K key) {
        return values.containsKey(new Key<>(key, null));
    }

    int size() {
        forgetCollected();
        return values.size();
    }

    private void forgetCollected() {
        for (Reference<? extends K> gone = collected.poll(); gone != null; gone = collected.poll()) {
            values.remove(gone);
        }
    }

    /** Equal to another key of the same living object, and to itself when the object is gone. */
    private static final class Key<K> extends WeakReference<K> {
        private final int hash;

        Key(K referent, @Nullable ReferenceQueue<K> queue) {
            super(referent, queue);
            hash = System.identityHashCode(referent);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            if (this == other) {
                return true;
            }
            if (!(other instanceof Key<?> key)) {
                return false;
            }
            Object mine = get();
            return mine != null && mine == key.get();
        }
    }
}
