package dev.entente.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/**
 * One transaction for a batch of decisions on one node, in three round trips between begin and commit: locks and versions,
 * load, write.
 */
@ApplicationScoped
class NodeTransaction {
    private final Transactions transactions;

    NodeTransaction(Transactions transactions) {
        this.transactions = transactions;
    }

    /** The results are in the order of the decisions. */
    Uni<List<NodeDecision.Result>> run(NodeKey node, List<NodeDecision> decisions) {
        return transactions.locked(
                locks(node, decisions),
                decisions.size(),
                (session, versions) -> new Attempt(session, node, decisions, versions).from(NodeReach.of(decisions)));
    }

    /** The name before the ids, and these in order: so nobody waits in a circle. */
    private static List<LockKey> locks(NodeKey node, List<NodeDecision> decisions) {
        Set<String> ids = new TreeSet<>(NodeReach.of(decisions).nodeIds());
        List<LockKey> locks = new ArrayList<>();
        locks.add(node.lock());
        ids.forEach(id -> locks.add(node.lockOfId(id)));
        return locks;
    }

    private record Attempt(StatelessSession session, NodeKey node, List<NodeDecision> decisions, List<Long> versions) {

        Uni<List<NodeDecision.Result>> from(NodeReach reach) {
            return NodeRows.load(session, node, reach).chain(content -> decide(reach, content));
        }

        /** A decision may write rows that it did not select; then these are loaded and it is asked once more. */
        private Uni<List<NodeDecision.Result>> decide(NodeReach reach, NodeContent content) {
            List<NodeDecision.Result> results = new ArrayList<>();
            for (int i = 0; i < decisions.size(); i++) {
                results.add(decisions.get(i).applyTo(content, versions.get(i)));
            }
            NodeReach.Missing missing = content.missing();
            if (!missing.isNothing()) {
                return from(reach.plus(missing));
            }
            return NodeWrite.of(session, node, content, results).replaceWith(results);
        }
    }
}
