package dev.entente.postgres;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.CatalogStore.Rows;
import dev.entente.engine.port.CatalogStore.Selection;
import dev.entente.engine.port.CatalogStore.Writes;
import dev.entente.engine.port.Committed;
import dev.entente.engine.port.StoreUnavailableException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what is to be decided on one node while a transaction on that node runs, and gives it to the next one: all writes to a
 * node wait for its one lock, so without this a busy node would take one write per commit to disk.
 *
 * <p>At most one transaction per node and replica runs. Each decision has a version, an outbox row and an outcome of its own.
 */
@ApplicationScoped
class NodeBatchLoop {
    private static final int LARGEST_BATCH = 64;
    private static final int LONGEST_QUEUE = 10_000;

    private final NodeTransaction transaction;
    private final Transactions transactions;
    /** The nodes on which a transaction runs, with what waits for the next; only touched inside {@code compute}. */
    private final Map<NodeKey, Queue<Waiting>> queues = new ConcurrentHashMap<>();

    NodeBatchLoop(NodeTransaction transaction, Transactions transactions) {
        this.transaction = transaction;
        this.transactions = transactions;
    }

    Uni<Committed<Void>> decide(
            PartitionName partition, Selection selection, Function<Rows, Outcome<Writes>> decision) {
        NodeKey node = new NodeKey(partition, selection.node());
        Uni<Committed<Void>> answer = OnContext.backToCaller(emitter -> {
            Waiting waiting = new Waiting(new NodeDecision(selection, decision), emitter);
            emitter.onTermination(waiting::abandon);
            submit(node, waiting);
        });
        return transactions.withinTime(answer);
    }

    private void submit(NodeKey node, Waiting waiting) {
        boolean[] first = {false};
        boolean[] full = {false};
        queues.compute(node, (key, running) -> {
            first[0] = running == null;
            Queue<Waiting> queue = running == null ? new ArrayDeque<>() : running;
            full[0] = queue.size() >= LONGEST_QUEUE;
            if (!first[0] && !full[0]) {
                queue.add(waiting);
            }
            return queue;
        });
        if (first[0]) {
            run(node, List.of(waiting));
        } else if (full[0]) {
            waiting.fail(new StoreUnavailableException(
                    "too many writes are waiting for node " + node.name(), new RejectedExecutionException()));
        }
    }

    private void run(NodeKey node, List<Waiting> batch) {
        List<NodeDecision> decisions = batch.stream().map(Waiting::decision).toList();
        Uni.createFrom()
                .deferred(() -> transaction.run(node, decisions))
                .subscribe()
                .with(results -> finish(node, batch, results), failure -> fail(node, batch, failure));
    }

    private void finish(NodeKey node, List<Waiting> batch, List<NodeDecision.Result> results) {
        runNext(node);
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).answer(results.get(i));
        }
    }

    private void fail(NodeKey node, List<Waiting> batch, Throwable failure) {
        runNext(node);
        batch.forEach(waiting -> waiting.fail(failure));
    }

    private void runNext(NodeKey node) {
        List<Waiting> batch = new ArrayList<>();
        queues.compute(node, (key, queue) -> takeBatch(queue, batch) ? queue : null);
        if (!batch.isEmpty()) {
            run(node, batch);
        }
    }

    /** What loads a whole node goes alone: the others need not pay for it. */
    private static boolean takeBatch(@Nullable Queue<Waiting> queue, List<Waiting> batch) {
        while (queue != null && !queue.isEmpty() && batch.size() < LARGEST_BATCH) {
            boolean alone = queue.element().decision().selection().whole();
            if (alone && !batch.isEmpty()) {
                return true;
            }
            Waiting next = queue.remove();
            if (!next.isAbandoned()) {
                batch.add(next);
                if (alone) {
                    return true;
                }
            }
        }
        return !batch.isEmpty();
    }
}
