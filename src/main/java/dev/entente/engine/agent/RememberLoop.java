package dev.entente.engine.agent;

import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.CatalogStore;
import dev.entente.engine.port.CheckReport;
import dev.entente.engine.port.EventLoop;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes the newest status of checks to the durable store behind the hot state, once a second.
 *
 * <p>Holds one report for each check that reported since the last write; while the store is away it keeps them, and beyond
 * {@value #MAX_WAITING} checks of a partition it lets new ones go, for the hot state has them.
 */
public final class RememberLoop {
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final int MAX_WAITING = 100_000;
    private static final int MAX_BATCH = 1_000;

    private final CatalogStore store;
    private final EventLoop loop;
    private final Map<PartitionName, Map<String, CheckReport>> waiting = new LinkedHashMap<>();
    private final Map<PartitionName, Boolean> busy = new LinkedHashMap<>();
    private EventLoop.Timer timer = () -> {};

    public RememberLoop(CatalogStore store, EventLoop loop) {
        this.store = store;
        this.loop = loop;
    }

    /** Begins to write; once. */
    public void start() {
        timer = loop.every(PERIOD, this::writeAll);
    }

    /** Stops writing by the clock and writes what waits. */
    public void stop() {
        timer.cancel();
        loop.execute(this::writeAll);
    }

    void add(PartitionName partition, String checkKey, CheckReport report) {
        loop.execute(() -> {
            Map<String, CheckReport> reports = waiting.computeIfAbsent(partition, name -> new LinkedHashMap<>());
            if (reports.size() < MAX_WAITING || reports.containsKey(checkKey)) {
                reports.put(checkKey, report);
            }
        });
    }

    private void writeAll() {
        waiting.keySet().stream()
                .filter(partition -> !busy.containsKey(partition))
                .forEach(this::write);
    }

    private void write(PartitionName partition) {
        Map<String, CheckReport> reports = waiting.getOrDefault(partition, Map.of());
        if (reports.isEmpty()) {
            return;
        }
        Map<String, CheckReport> batch = new LinkedHashMap<>();
        reports.entrySet().stream().limit(MAX_BATCH).forEach(entry -> batch.put(entry.getKey(), entry.getValue()));
        reports.keySet().removeAll(batch.keySet());
        busy.put(partition, true);
        Uni<Void> written = store.rememberReports(partition, batch);
        written.subscribe()
                .with(
                        done -> loop.execute(() -> written(partition)),
                        failure -> loop.execute(() -> notWritten(partition, batch)));
    }

    private void written(PartitionName partition) {
        busy.remove(partition);
        // More than one batch waited: do not leave the rest to the next second.
        if (waiting.getOrDefault(partition, Map.of()).size() >= MAX_BATCH) {
            write(partition);
        }
    }

    private void notWritten(PartitionName partition, Map<String, CheckReport> batch) {
        busy.remove(partition);
        Map<String, CheckReport> reports = waiting.computeIfAbsent(partition, name -> new LinkedHashMap<>());
        batch.forEach(reports::putIfAbsent);
    }
}
