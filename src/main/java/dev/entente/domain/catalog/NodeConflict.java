package dev.entente.domain.catalog;

import dev.entente.domain.identity.Refusal;
import java.util.Optional;

/**
 * Who may take the name of a node (protocol chapter 6.5): a node is known by its id, may be renamed, and may take a name that
 * belongs to another id only when the other is dead or was never alive.
 */
final class NodeConflict {
    private NodeConflict() {}

    static Optional<Refusal> complaint(Node wanted, boolean changes, Held held) {
        if (!changes || wanted.id().isEmpty() || held.node().isEmpty()) {
            return Optional.empty();
        }
        Node other = held.node().get();
        boolean renames = replaced(wanted, held).isPresent();
        boolean mayTakeUnnamed = other.id().isEmpty() && !renames;
        if (other.id().equals(wanted.id()) || mayTakeUnnamed || !isAlive(held)) {
            return Optional.empty();
        }
        return Optional.of(
                Refusal.invalid("failed inserting node: Error while renaming Node ID: \"" + wanted.id() + "\""
                        + (renames ? " (" + wanted.address() + ")" : "") + ": Node name " + wanted.name()
                        + " is reserved by node "
                        + other.id() + " with name " + other.name() + " (" + other.address() + ")"));
    }

    /** The node of another name that has the wanted id. */
    static Optional<String> replaced(Node wanted, Held held) {
        return held.nodeNameOfId().filter(name -> !wanted.id().isEmpty() && !name.equalsIgnoreCase(wanted.name()));
    }

    private static boolean isAlive(Held held) {
        Check alive = held.checks().get(Check.SERF_HEALTH);
        return alive != null && !alive.status().equals(Check.CRITICAL);
    }
}
