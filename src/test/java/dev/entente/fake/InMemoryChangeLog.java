package dev.entente.fake;

import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.ChangeLog;
import dev.entente.engine.port.Lease;
import dev.entente.engine.port.LeaseLostException;
import dev.entente.engine.port.LogEntry;
import dev.entente.engine.port.StoreUnavailableException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The change logs of a cluster in memory, begun from the start. It keeps every entry, drops nothing as stale, and answers a waiting
 * tail at the next append.
 */
public final class InMemoryChangeLog implements ChangeLog {
    private static final long FIRST = 1L << 32;

    private final Map<PartitionName, List<LogEntry>> logs = new HashMap<>();
    private final Map<PartitionName, List<Waiting>> waiting = new HashMap<>();
    private final BiPredicate<PartitionName, Lease> isHeld;
    private @Nullable RuntimeException failure;

    private record Waiting(long after, UniEmitter<? super List<LogEntry>> emitter) {}

    /** @param isHeld whether a lease that is shown is still held */
    public InMemoryChangeLog(BiPredicate<PartitionName, Lease> isHeld) {
        this.isHeld = isHeld;
    }

    /** Every append fails with this from now on; null ends that. */
    public void failWith(@Nullable RuntimeException newFailure) {
        failure = newFailure;
    }

    /** Every append fails as if the store were away. */
    public void goAway() {
        failWith(new StoreUnavailableException("away", new IllegalStateException()));
    }

    @Override
    public Uni<Long> append(PartitionName partition, List<Change> changes, Optional<Lease> fence) {
        return Uni.createFrom().item(() -> {
            if (failure != null) {
                throw failure;
            }
            if (fence.filter(lease -> !isHeld.test(partition, lease)).isPresent()) {
                throw new LeaseLostException("lost");
            }
            List<LogEntry> log = log(partition);
            for (Change change : changes) {
                log.add(new LogEntry(newest(partition) + 1, newest(partition) + 1, change));
            }
            answerWaiting(partition);
            return newest(partition);
        });
    }

    @Override
    public Uni<Long> position(PartitionName partition) {
        return Uni.createFrom().item(() -> newest(partition));
    }

    @Override
    public Uni<Boolean> isEmpty(PartitionName partition) {
        return Uni.createFrom().item(false);
    }

    @Override
    public Uni<Long> begin(PartitionName partition, long epoch, List<Change> durableRecords) {
        return position(partition);
    }

    @Override
    public Uni<HotState> load(PartitionName partition) {
        return Uni.createFrom().item(() -> new HotState(newest(partition), List.copyOf(log(partition))));
    }

    @Override
    public Uni<List<LogEntry>> tail(PartitionName partition, long after, Duration wait) {
        return Uni.createFrom().emitter(emitter -> {
            List<LogEntry> entries = after(partition, after);
            if (!entries.isEmpty() || wait.isZero()) {
                emitter.complete(entries);
            } else {
                waiting.computeIfAbsent(partition, name -> new ArrayList<>()).add(new Waiting(after, emitter));
            }
        });
    }

    private void answerWaiting(PartitionName partition) {
        List<Waiting> due = waiting.remove(partition);
        if (due != null) {
            due.forEach(one -> one.emitter().complete(after(partition, one.after())));
        }
    }

    private List<LogEntry> after(PartitionName partition, long after) {
        return log(partition).stream().filter(entry -> entry.position() > after).toList();
    }

    private long newest(PartitionName partition) {
        return FIRST + log(partition).size();
    }

    private List<LogEntry> log(PartitionName partition) {
        return logs.computeIfAbsent(partition, name -> new ArrayList<>());
    }
}
