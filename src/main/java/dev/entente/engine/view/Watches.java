package dev.entente.engine.view;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who is to be called when a topic changes. Registering is safe from any thread; {@link #notifyChanged} comes from the thread that
 * applies entries, and calls each watcher once however many of its topics changed.
 */
final class Watches {
    private final Map<Topic, Set<Watcher>> byTopic = new ConcurrentHashMap<>();

    /** One registration. */
    private static final class Watcher {
        private final Runnable onChange;
        private volatile boolean open = true;

        Watcher(Runnable onChange) {
            this.onChange = onChange;
        }

        void run() {
            if (open) {
                onChange.run();
            }
        }
    }

    View.Watch add(Set<Topic> topics, Runnable onChange) {
        Watcher watcher = new Watcher(onChange);
        for (Topic topic : topics) {
            byTopic.compute(topic, (key, set) -> {
                Set<Watcher> watchers = set == null ? ConcurrentHashMap.newKeySet() : set;
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
        Set<Watcher> due = new LinkedHashSet<>();
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
        Set<Watcher> due = new LinkedHashSet<>();
        byTopic.values().forEach(due::addAll);
        due.forEach(Watcher::run);
    }
}
