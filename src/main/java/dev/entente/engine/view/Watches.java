package dev.entente.engine.view;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Who is to be called when a topic changes. Registering is safe from any thread; {@link #notifyChanged} comes from the thread that
 * applies entries, and calls each watcher once however many of its topics changed, in the order in which they registered.
 */
final class Watches {
    private final Map<Topic, Set<Watcher>> byTopic = new ConcurrentHashMap<>();
    private final AtomicLong registered = new AtomicLong();

    /** One registration. */
    private static final class Watcher implements Comparable<Watcher> {
        private final long number;
        private final Runnable onChange;
        private volatile boolean open = true;

        Watcher(long number, Runnable onChange) {
            this.number = number;
            this.onChange = onChange;
        }

        @Override
        public int compareTo(Watcher other) {
            return Long.compare(number, other.number);
        }

        void run() {
            if (open) {
                onChange.run();
            }
        }
    }

    View.Watch add(Set<Topic> topics, Runnable onChange) {
        Watcher watcher = new Watcher(registered.incrementAndGet(), onChange);
        for (Topic topic : topics) {
            byTopic.compute(topic, (key, set) -> {
                Set<Watcher> watchers = set == null ? new ConcurrentSkipListSet<>() : set;
                watchers.add(watcher);
                return watchers;
            });
        }
        return () -> remove(topics, watcher);
    }

    private void remove(Set<Topic> topics, Watcher watcher) {
        watcher.open = false;
        for (Topic topic : topics) {
            byTopic.computeIfPresent(topic, (key, set) -> {
                set.remove(watcher);
                return set.isEmpty() ? null : set;
            });
        }
    }

    void notifyChanged(Set<Topic> changed) {
        Set<Watcher> due = new TreeSet<>();
        for (Topic topic : changed) {
            Set<Watcher> watchers = byTopic.get(topic);
            if (watchers != null) {
                due.addAll(watchers);
            }
        }
        due.forEach(Watcher::run);
    }

    /** Calls everybody: after a reload nobody can tell what changed. */
    void notifyAllChanged() {
        Set<Watcher> due = new TreeSet<>();
        byTopic.values().forEach(due::addAll);
        due.forEach(Watcher::run);
    }
}
