package dev.entente.engine.agent;

import io.smallrye.mutiny.Uni;

/** What an operator may ask of the process that the agent is (protocol chapter 6.8). */
public interface AgentControl {

    /** Reads the configuration files again and follows what may change while the agent runs; refused with the reason when they are bad. */
    Uni<Void> reload();

    /** Takes the node out of the catalog and ends the process after the answer. */
    Uni<Void> leave();
}
