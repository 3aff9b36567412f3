package dev.entente.postgres;

import dev.entente.config.AgentSettings;
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
    private final AgentSettings settings;

    NodeTransaction(Transactions transactions, AgentSettings settings) {
        this.transactions = transactions;
        this.settings = settings;
    }

    /** The results are in the order of the decisions. */
    Uni<List<NodeDecision.Result>> run(NodeKey node, List<NodeDecision> decisions) {
        return run(node, decisions, Set.of())
                .onFailure(UnlockedGatewaysException.class)
                .recoverWithUni(failure -> run(node, decisions, gatewaysOf(failure)));
    }

    private static Set<String> gatewaysOf(Throwable failure) {
        return failure instanceof UnlockedGatewaysException unlocked ? unlocked.gateways() : Set.of();
    }

    private Uni<List<NodeDecision.Result>> run(NodeKey node, List<NodeDecision> decisions, Set<String> gateways) {
        return transactions.locked(locks(node, decisions, gateways), decisions.size(), (session, versions) -> {
            CarriedAddresses addresses = new CarriedAddresses(settings.connectEnabled(), gateways);
            return new Attempt(session, node, decisions, versions, addresses).from(NodeReach.of(decisions));
        });
    }

    /** Gateways before the node, its name before the ids, and these in order: so nobody waits in a circle. */
    private static List<LockKey> locks(NodeKey node, List<NodeDecision> decisions, Set<String> gateways) {
        Set<String> ids = new TreeSet<>(NodeReach.of(decisions).nodeIds());
        List<LockKey> locks = new ArrayList<>();
        new TreeSet<>(gateways).forEach(gateway -> locks.add(GatewayLinks.lock(node.partition(), gateway)));
        locks.add(node.lock());
        ids.forEach(id -> locks.add(node.lockOfId(id)));
        return locks;
    }

    private record Attempt(
            StatelessSession session,
            NodeKey node,
            List<NodeDecision> decisions,
            List<Long> versions,
            CarriedAddresses addresses) {

        Uni<List<NodeDecision.Result>> from(NodeReach reach) {
            return NodeRows.load(session, node, reach, addresses).chain(content -> decide(reach, content));
        }

        /**
         * A decision may write rows that it did not select, or services whose virtual address is not known yet; then these are loaded
         * and it is asked once more.
         */
        private Uni<List<NodeDecision.Result>> decide(NodeReach reach, NodeContent content) {
            List<NodeDecision.Result> results = new ArrayList<>();
            for (int i = 0; i < decisions.size(); i++) {
                results.add(decisions.get(i).applyTo(content, versions.get(i)));
            }
            NodeReach.Missing missing = content.missing();
            if (!missing.isNothing()) {
                return from(reach.plus(missing));
            }
            if (!addresses.isComplete()) {
                return addresses.complete(session, node.partition()).chain(() -> from(reach));
            }
            return DepartedServices.of(node.partition(), node.name(), content.services())
                    .release(session)
                    .chain(() -> NodeWrite.of(session, node, content, results))
                    .replaceWith(results);
        }
    }
}
