package dev.entente.engine.agent;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.CheckReport;
import dev.entente.engine.port.CheckReports;
import dev.entente.engine.port.EventLoop;
import dev.entente.engine.port.Keys;
import dev.entente.engine.view.Publisher;
import dev.entente.engine.view.View;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes reports of checks: drops those that change nothing, and makes the others visible together.
 *
 * <p>While one batch of a partition is on its way the next one gathers, the newest report of a check winning, so that a lone report
 * goes out at once and a flood costs few writes. What became visible is remembered in the durable store later. All state is confined
 * to one event loop; there is at most one waiting report for each check.
 */
public final class ReportLoop implements CheckReports {
    private static final int MAX_BATCH = 500;

    private final View view;
    private final Publisher publisher;
    private final RememberLoop remembered;
    private final EventLoop loop;
    private final Map<PartitionName, Map<String, Waiting>> waiting = new HashMap<>();
    private final Map<PartitionName, Boolean> busy = new HashMap<>();

    public ReportLoop(View view, Publisher publisher, RememberLoop remembered, EventLoop loop) {
        this.view = view;
        this.publisher = publisher;
        this.remembered = remembered;
        this.loop = loop;
    }

    /** A report on its way, and those who wait for it. */
    private record Waiting(String node, String checkId, CheckReport report, List<UniEmitter<? super Void>> callers) {}

    @Override
    public Uni<Void> report(PartitionName partition, String node, String checkId, CheckReport report) {
        return Uni.createFrom()
                .emitter(caller -> loop.execute(() -> {
                    accept(partition, new Waiting(node, checkId, report, new ArrayList<>(List.of(caller))));
                }));
    }

    private void accept(PartitionName partition, Waiting report) {
        Map<String, Waiting> queue = waiting.computeIfAbsent(partition, name -> new LinkedHashMap<>());
        String key = Keys.check(report.node(), report.checkId());
        Waiting older = queue.remove(key);
        if (older != null) {
            report.callers().addAll(older.callers());
        } else if (!busy.containsKey(partition) && changesNothing(partition, report)) {
            succeed(List.of(report));
            return;
        }
        queue.put(key, report);
        sendNext(partition);
    }

    private boolean changesNothing(PartitionName partition, Waiting report) {
        Optional<Check> held = view.partition(partition)
                .flatMap(contents -> contents.check(report.node(), report.checkId()))
                .map(Indexed::value);
        return held.isEmpty()
                || (held.get().status().equals(report.report().status())
                        && held.get().output().equals(report.report().output()));
    }

    private void sendNext(PartitionName partition) {
        if (busy.containsKey(partition)) {
            return;
        }
        List<Waiting> batch = takeBatch(partition);
        if (batch.isEmpty()) {
            return;
        }
        busy.put(partition, true);
        send(partition, batch);
    }

    private List<Waiting> takeBatch(PartitionName partition) {
        List<Waiting> batch = new ArrayList<>();
        var queue = waiting.getOrDefault(partition, Map.of()).values().iterator();
        while (queue.hasNext() && batch.size() < MAX_BATCH) {
            Waiting next = queue.next();
            queue.remove();
            if (changesNothing(partition, next)) {
                succeed(List.of(next));
            } else {
                batch.add(next);
            }
        }
        return batch;
    }

    private void send(PartitionName partition, List<Waiting> batch) {
        List<Change> changes = batch.stream()
                .map(report -> Change.report(report.node(), report.checkId(), report.report()))
                .toList();
        publisher
                .publish(partition, changes)
                .subscribe()
                .with(
                        done -> loop.execute(() -> sent(partition, batch)),
                        failure -> loop.execute(() -> notSent(partition, batch, failure)));
    }

    private void sent(PartitionName partition, List<Waiting> batch) {
        batch.forEach(
                report -> remembered.add(partition, Keys.check(report.node(), report.checkId()), report.report()));
        succeed(batch);
        next(partition);
    }

    private void notSent(PartitionName partition, List<Waiting> batch, Throwable failure) {
        batch.forEach(report -> report.callers().forEach(caller -> caller.fail(failure)));
        next(partition);
    }

    private void next(PartitionName partition) {
        busy.remove(partition);
        sendNext(partition);
    }

    private static void succeed(List<Waiting> batch) {
        batch.forEach(report -> report.callers().forEach(caller -> caller.complete(null)));
    }
}
