package dev.entente.grpc;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Bounds how many are let in at a time: all together, and from one address. Whoever comes when it is full is turned away at once.
 * Safe for use by many threads.
 */
final class WaitingRoom {
    private final int places;
    private final int placesOfOne;
    private final Map<Object, Integer> inside = new HashMap<>();
    private int taken;
    private boolean closed;

    WaitingRoom(int places, int placesOfOne) {
        this.places = places;
        this.placesOfOne = placesOfOne;
    }

    /** Lets nobody in any more; who is inside stays. */
    synchronized void close() {
        closed = true;
    }

    /** A place to be left later; empty when there is none. */
    synchronized Optional<Place> enter(SocketAddress from) {
        Object who = key(from);
        int ofThis = inside.getOrDefault(who, 0);
        if (closed || taken >= places || ofThis >= placesOfOne) {
            return Optional.empty();
        }
        taken++;
        inside.put(who, ofThis + 1);
        return Optional.of(new Place(who));
    }

    synchronized int taken() {
        return taken;
    }

    private synchronized void left(Object who) {
        taken--;
        inside.computeIfPresent(who, (known, count) -> count == 1 ? null : count - 1);
    }

    /** The port differs with each connection. */
    private static Object key(SocketAddress from) {
        InetAddress host = from instanceof InetSocketAddress inet ? inet.getAddress() : null;
        return host == null ? from : host;
    }

    /** Held until it is left; leaving twice does nothing. */
    final class Place {
        private final Object who;
        private final AtomicBoolean held = new AtomicBoolean(true);

        private Place(Object who) {
            this.who = who;
        }

        void leave() {
            if (held.compareAndSet(true, false)) {
                left(who);
            }
        }
    }
}
