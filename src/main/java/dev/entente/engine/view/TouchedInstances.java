package dev.entente.engine.view;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which instances of which services a batch has touched; services by their name, whatever its case. */
final class TouchedInstances {
    private final Map<String, Touched> byService = new HashMap<>();

    /** Those of one service, with the newest position that touched one. */
    private static final class Touched {
        private final SortedSet<InstanceKey> keys = new TreeSet<>();
        private long position;
    }

    /** Takes what was touched of a service. */
    @FunctionalInterface
    interface Consumer {
        void accept(String service, SortedSet<InstanceKey> keys, long position);
    }

    void add(String service, InstanceKey key, long position) {
        Touched touched = byService.computeIfAbsent(Topic.lower(service), name -> new Touched());
        touched.keys.add(key);
        touched.position = Math.max(touched.position, position);
    }

    /** Hands over everything, and begins anew. */
    void drain(Consumer consumer) {
        byService.forEach((service, touched) -> consumer.accept(service, touched.keys, touched.position));
        byService.clear();
    }
}
