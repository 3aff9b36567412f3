package dev.entente.engine.view;

import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.Committed;
import dev.entente.engine.port.LogEntry;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A view over the real tables whose log is as long as one call: what is published is shown at once. */
public final class InstantView implements View, Publisher {
    private final Map<PartitionName, PartitionTables> partitions = new HashMap<>();
    private final List<Watching> watches = new ArrayList<>();
    private final List<Change> published = new ArrayList<>();
    private long position = 1;

    private record Watching(PartitionName partition, Set<Topic> topics, Runnable onChange) {}

    public InstantView() {
        add(PartitionName.DEFAULT);
    }

    public void add(PartitionName partition) {
        partitions.put(partition, new PartitionTables(partition));
    }

    /** All changes so far. */
    public List<Change> published() {
        return List.copyOf(published);
    }

    @Override
    public synchronized <T> Uni<T> publish(PartitionName partition, Committed<T> committed) {
        return publish(partition, committed.changes()).replaceWith(committed.result());
    }

    @Override
    public Uni<Void> publish(PartitionName partition, List<Change> changes) {
        return Uni.createFrom().item(() -> {
            apply(partition, changes);
            return null;
        });
    }

    private synchronized void apply(PartitionName partition, List<Change> changes) {
        published.addAll(changes);
        List<LogEntry> entries = changes.stream()
                .map(change -> new LogEntry(++position, position, change))
                .toList();
        Set<Topic> changed = partitions.get(partition).apply(entries);
        List.copyOf(watches).stream()
                .filter(watch -> watch.partition().equals(partition)
                        && watch.topics().stream().anyMatch(changed::contains))
                .forEach(watch -> watch.onChange().run());
    }

    @Override
    public Optional<PartitionView> partition(PartitionName name) {
        return Optional.ofNullable(partitions.get(name));
    }

    @Override
    public PartitionView defaultPartition() {
        return partition(PartitionName.DEFAULT).orElseThrow();
    }

    @Override
    public Set<PartitionName> partitions() {
        return Set.copyOf(partitions.keySet());
    }

    @Override
    public Uni<Void> applied(PartitionName partition, long wanted) {
        return Uni.createFrom().voidItem();
    }

    @Override
    public Watch watch(PartitionName partition, Set<Topic> topics, Runnable onChange) {
        Watching watching = new Watching(partition, topics, onChange);
        watches.add(watching);
        return () -> watches.remove(watching);
    }

    @Override
    public <T> Uni<Found<T>> read(
            PartitionName partition, Waiting waiting, Set<Topic> topics, Function<PartitionView, Found<T>> read) {
        return Uni.createFrom().item(() -> read.apply(partitions.get(partition)));
    }

    @Override
    public boolean isCurrent() {
        return true;
    }
}
