package dev.entente.engine.agent;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.CatalogStore;
import dev.entente.engine.port.CatalogStore.Rows;
import dev.entente.engine.port.CatalogStore.Selection;
import dev.entente.engine.port.CatalogStore.Writes;
import dev.entente.engine.view.Publisher;
import dev.entente.engine.view.View;
import io.smallrye.mutiny.Uni;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Brings the rows of this replica's node to what its agent was told, where somebody else has written over them. */
public final class Mending {
    private final CatalogStore store;
    private final Publisher publisher;
    private final View view;
    private final AgentSettings settings;
    private final Told told;

    public Mending(CatalogStore store, Publisher publisher, View view, AgentSettings settings, Told told) {
        this.store = store;
        this.publisher = publisher;
        this.view = view;
        this.settings = settings;
        this.told = told;
    }

    /**
     * Gives the checks that it wrote. The first time it writes nothing, and takes what the catalog has for what the agent was told, in
     * an earlier life of the process.
     */
    Uni<List<Check>> mend(PartitionName partition) {
        return Uni.createFrom().deferred(() -> told.isKnown(partition) ? mendKnown(partition) : learn(partition));
    }

    /** The check as it last reported; empty when it is not the agent's any more. */
    Optional<Check> lastOf(PartitionName partition, Check check) {
        return told.check(partition, check.id());
    }

    /** Learns everything anew the next time: another process may have been told differently. */
    void forget() {
        told.forget();
    }

    private Uni<List<Check>> learn(PartitionName partition) {
        Selection whole = new Selection(settings.nodeName(), Set.of(), Set.of(), "", true);
        return apply(partition, whole, rows -> {
                    told.load(partition, values(rows.services()), newest(partition, values(rows.checks())));
                    return Writes.NOTHING;
                })
                .replaceWith(List.of());
    }

    private Uni<List<Check>> mendKnown(PartitionName partition) {
        Drift drift = new Drift(settings, told, partition, OwnNodeStore.kept(view, partition));
        Drift.Ids ids = drift.from(shown(partition));
        if (ids.isNone()) {
            return Uni.createFrom().item(List.of());
        }
        Set<String> checks = new HashSet<>(ids.checks());
        checks.add(Check.SERF_HEALTH);
        Selection selection = new Selection(settings.nodeName(), ids.services(), checks, "", false);
        AtomicReference<List<Check>> written = new AtomicReference<>(List.of());
        return apply(partition, selection, rows -> {
                    Writes writes = drift.mend(ids, held(rows));
                    written.set(writes.checks());
                    return writes;
                })
                .map(done -> written.get());
    }

    private Drift.Held shown(PartitionName partition) {
        return view.partition(partition)
                .flatMap(contents -> contents.node(null, settings.nodeName()).value())
                .map(node -> Drift.Held.of(Optional.of(node.node()), node.services(), node.checks()))
                .orElse(Drift.Held.NOTHING);
    }

    private static Drift.Held held(Rows rows) {
        return Drift.Held.of(
                rows.node(), rows.services().values(), rows.checks().values());
    }

    private List<Check> newest(PartitionName partition, List<Check> checks) {
        return checks.stream()
                .map(check -> view.partition(partition)
                        .flatMap(contents -> contents.check(check.node(), check.id()))
                        .map(Indexed::value)
                        .map(shown -> check.withReport(shown.status(), shown.output()))
                        .orElse(check))
                .toList();
    }

    private static <T> List<T> values(Map<String, Indexed<T>> rows) {
        return rows.values().stream().map(Indexed::value).toList();
    }

    private Uni<Void> apply(PartitionName partition, Selection selection, Function<Rows, Writes> decision) {
        return store.decide(partition, selection, decision.andThen(Outcome::accepted))
                .chain(committed -> publisher.publish(partition, committed));
    }
}
