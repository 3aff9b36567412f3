package dev.entente.engine.replication;

import dev.entente.engine.port.EventLoop;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Collects announced changes from any thread and has them worked through together on an event loop. Bounded by the number of
 * things that can change; announcing one twice counts once.
 */
final class PendingChanges {
    private final EventLoop loop;
    private final BiConsumer<EnumSet<Subject>, Collection<String>> work;
    private EnumSet<Subject> subjects = EnumSet.noneOf(Subject.class);
    private Set<String> services = new HashSet<>();
    private boolean scheduled;

    /** What else than a single service may have changed. */
    enum Subject {
        /** Which services are exported, and through which gateways. */
        SELECTION,
        /** Which services there are. */
        NAMES,
        /** Roots and servers. */
        CLUSTER
    }

    PendingChanges(EventLoop loop, BiConsumer<EnumSet<Subject>, Collection<String>> work) {
        this.loop = loop;
        this.work = work;
    }

    synchronized void note(Subject subject) {
        subjects.add(subject);
        schedule();
    }

    synchronized void noteService(String name) {
        services.add(name);
        schedule();
    }

    private void schedule() {
        if (!scheduled) {
            scheduled = true;
            loop.execute(this::run);
        }
    }

    private void run() {
        EnumSet<Subject> takenSubjects;
        Set<String> takenServices;
        synchronized (this) {
            scheduled = false;
            takenSubjects = subjects;
            takenServices = services;
            subjects = EnumSet.noneOf(Subject.class);
            services = new HashSet<>();
        }
        work.accept(takenSubjects, takenServices);
    }
}
