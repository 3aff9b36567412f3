package dev.entente.engine.port;

import io.smallrye.mutiny.Uni;
import java.util.Set;

/** Remembers, beyond the end of the process, which services and checks of this agent's node stand there because a file defines them. */
public interface DefinitionMemory {
    /** The ids of services and checks, sidecars and their checks included. */
    record Ids(Set<String> services, Set<String> checks) {
        public static final Ids NONE = new Ids(Set.of(), Set.of());

        public Ids {
            services = Set.copyOf(services);
            checks = Set.copyOf(checks);
        }
    }

    /** What was kept last; nothing where nothing was. */
    Uni<Ids> recall();

    Uni<Void> keep(Ids ids);
}
