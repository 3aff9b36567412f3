package dev.entente.engine.port;

import io.smallrye.mutiny.Uni;

/** What this process has of the name of its node (architecture §4): two living processes never have the same one. */
@FunctionalInterface
public interface NodeClaim {

    /** Whether the name is this process's now; if so, every other process that had it is gone. */
    Uni<Boolean> isHeld();
}
