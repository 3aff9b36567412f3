package dev.entente.domain.catalog;

import java.util.Collection;

/** The status of a check that follows a service or a node (protocol chapter 6.8.1). */
public final class AliasRule {
    private AliasRule() {}

    /** What an alias shows. */
    public record Shown(String status, String output) {}

    /**
     * Follows the checks of the node and those of the aliased service, whose checks stand in the order of their ids.
     *
     * @param checks of the node, with those of the aliased service and no other
     * @param exists whether there is such a node, with the aliased service
     */
    public static Shown of(CheckDefinition alias, Collection<Check> checks, boolean exists) {
        if (!exists) {
            return new Shown(
                    Check.CRITICAL,
                    "Service " + alias.aliasService() + " could not be found on node " + alias.aliasNode());
        }
        Shown shown = new Shown(Check.PASSING, "No checks found.");
        for (Check check : checks) {
            if (check.status().equals(Check.CRITICAL)) {
                return failing(check);
            }
            if (check.status().equals(Check.WARNING)) {
                shown = failing(check);
            } else if (shown.status().equals(Check.PASSING)) {
                shown = new Shown(Check.PASSING, "All checks passing.");
            }
        }
        return shown;
    }

    private static Shown failing(Check check) {
        return new Shown(check.status(), "Aliased check \"" + check.name() + "\" failing: " + check.output());
    }
}
