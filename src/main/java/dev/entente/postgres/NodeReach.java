package dev.entente.postgres;

import dev.entente.engine.port.CatalogStore.Selection;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** Which rows of a node are loaded for a batch of decisions. */
record NodeReach(Set<String> services, Set<String> checks, Set<String> nodeIds, boolean whole) {

    static NodeReach of(Collection<NodeDecision> decisions) {
        NodeReach reach = new NodeReach(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), false);
        for (NodeDecision decision : decisions) {
            reach = reach.plus(decision.selection());
        }
        return reach;
    }

    private NodeReach plus(Selection selection) {
        services.addAll(selection.services());
        checks.addAll(selection.checks());
        if (!selection.nodeId().isEmpty()) {
            nodeIds.add(selection.nodeId());
        }
        return new NodeReach(services, checks, nodeIds, whole || selection.whole());
    }

    NodeReach plus(Missing missing) {
        Set<String> moreServices = new TreeSet<>(services);
        moreServices.addAll(missing.services());
        Set<String> moreChecks = new TreeSet<>(checks);
        moreChecks.addAll(missing.checks());
        return new NodeReach(moreServices, moreChecks, nodeIds, whole || missing.whole());
    }

    /** Rows that decisions write without having selected them. */
    record Missing(Set<String> services, Set<String> checks, boolean whole) {
        boolean isNothing() {
            return services.isEmpty() && checks.isEmpty() && !whole;
        }
    }
}
