package dev.entente.fake;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.peering.Peering;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.ChangeLog;
import dev.entente.engine.port.EventLoop;
import dev.entente.engine.port.LateCallException;
import dev.entente.engine.port.Lease;
import dev.entente.engine.port.LeaseLostException;
import dev.entente.engine.port.LogEntry;
import dev.entente.engine.port.LogMissingException;
import dev.entente.engine.port.LogTrimmedException;
import dev.entente.engine.port.PeerScope;
import dev.entente.engine.port.StoreUnavailableException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The change logs of a cluster in memory, by the same rules of order as the real ones and held to the same contract test. It can be
 * lost like a Redis that comes back empty.
 */
public final class InMemoryChangeLog implements ChangeLog {
    private final Map<PartitionName, InMemoryHotState> partitions =
            new TreeMap<>(java.util.Comparator.comparing(PartitionName::value));
    private final Map<PartitionName, List<Waiting>> waiting =
            new TreeMap<>(java.util.Comparator.comparing(PartitionName::value));
    private final BiPredicate<PartitionName, Lease> isHeld;
    private final EventLoop timers;
    private final Map<String, Long> lastCalls = new HashMap<>();
    private long calls;
    private int lives;
    private Audit audit = (partition, change) -> {};
    private @Nullable RuntimeException failure;

    private record Waiting(long after, UniEmitter<? super List<LogEntry>> emitter) {}

    /** Hears each change of imports that was written, or that stood there before, when the append is executed. */
    @FunctionalInterface
    public interface Audit {
        void onImport(PartitionName partition, Change change);
    }

    /**
     * @param isHeld whether a lease that is shown is still held
     * @param timers time the waiting of readers
     */
    public InMemoryChangeLog(BiPredicate<PartitionName, Lease> isHeld, EventLoop timers) {
        this.isHeld = isHeld;
        this.timers = timers;
    }

    public void audit(Audit listener) {
        audit = listener;
    }

    /** Every append fails with this from now on; null ends that. */
    public void failWith(@Nullable RuntimeException newFailure) {
        failure = newFailure;
    }

    /** Every append fails as if the store were away. */
    public void goAway() {
        failWith(new StoreUnavailableException("away", new IllegalStateException()));
    }

    /** The store comes back empty. */
    public void loseEverything() {
        lives++;
        partitions.clear();
        List.copyOf(waiting.keySet()).forEach(this::answerWaiting);
    }

    /** Forgets all entries of the log but the newest; the hot state stays. */
    public void trim(PartitionName partition, int keep) {
        InMemoryHotState state = partitions.get(partition);
        if (state != null) {
            state.trim(keep);
        }
    }

    /** What is held, imports of each peer included; empty when there is no log. */
    public Optional<InMemoryHotState> state(PartitionName partition) {
        return Optional.ofNullable(partitions.get(partition));
    }

    @Override
    public Uni<Long> append(PartitionName partition, List<Change> changes, Optional<Lease> fence) {
        long call = ++calls;
        return Uni.createFrom().item(() -> appendNow(partition, changes, fence, call));
    }

    private long appendNow(PartitionName partition, List<Change> changes, Optional<Lease> fence, long call) {
        if (failure != null) {
            throw failure;
        }
        InMemoryHotState state = begun(partition);
        if (fence.filter(lease -> !isHeld.test(partition, lease)).isPresent()) {
            throw new LeaseLostException("lost");
        }
        if (fence.filter(lease -> isLate(partition, lease, call)).isPresent()) {
            throw new LateCallException("a later call of the same holder came first");
        }
        changes.forEach(change -> append(partition, state, change));
        answerWaiting(partition);
        return state.position();
    }

    private boolean isLate(PartitionName partition, Lease lease, long call) {
        return lastCalls.merge(partition + "/" + lease, call, Math::max) > call;
    }

    private void append(PartitionName partition, InMemoryHotState state, Change change) {
        PeerScope peer = change.peer();
        if (peer == null) {
            state.appendDurable(
                    change,
                    change.value() instanceof Peering peering && peering.isActive()
                            ? Optional.of(peering.id())
                            : Optional.empty());
        } else if (state.appendImport(change, peer)) {
            audit.onImport(partition, change);
        }
    }

    private InMemoryHotState begun(PartitionName partition) {
        InMemoryHotState state = partitions.get(partition);
        if (state == null) {
            throw new LogMissingException("no log");
        }
        return state;
    }

    @Override
    public Uni<Long> position(PartitionName partition) {
        return Uni.createFrom().item(() -> begun(partition).position());
    }

    @Override
    public Uni<Boolean> isEmpty(PartitionName partition) {
        return Uni.createFrom().item(() -> !partitions.containsKey(partition));
    }

    @Override
    public Uni<Long> begin(PartitionName partition, Uni<Beginning> reading) {
        return life().chain(life -> reading.chain(beginning -> begin(partition, life, beginning)));
    }

    /** How many times it was lost. */
    public Uni<Integer> life() {
        return Uni.createFrom().item(() -> lives);
    }

    /** The second step of beginning: void when the store was lost since the first. */
    public Uni<Long> begin(PartitionName partition, int life, Beginning beginning) {
        return Uni.createFrom().item(() -> {
            if (life != lives) {
                throw new LogMissingException("lost meanwhile");
            }
            return partitions
                    .computeIfAbsent(partition, name -> new InMemoryHotState(beginning))
                    .position();
        });
    }

    @Override
    public Uni<HotState> load(PartitionName partition) {
        return Uni.createFrom().item(() -> {
            InMemoryHotState state = begun(partition);
            return new HotState(state.position(), state.lastRemoval(), state.all());
        });
    }

    @Override
    public Uni<List<LogEntry>> tail(PartitionName partition, long after, Duration wait) {
        Supplier<List<LogEntry>> read = () -> after(partition, after);
        return Uni.createFrom().emitter(emitter -> {
            List<LogEntry> entries;
            try {
                entries = read.get();
            } catch (LogTrimmedException gone) {
                emitter.fail(gone);
                return;
            }
            if (!entries.isEmpty() || wait.isZero()) {
                emitter.complete(entries);
            } else {
                await(partition, new Waiting(after, emitter), wait);
            }
        });
    }

    private void await(PartitionName partition, Waiting reader, Duration wait) {
        List<Waiting> all = waiting.computeIfAbsent(partition, name -> new ArrayList<>());
        all.add(reader);
        EventLoop.Timer timer = timers.after(wait, () -> {
            if (waiting.getOrDefault(partition, List.of()).contains(reader)) {
                waiting.get(partition).remove(reader);
                answer(partition, reader);
            }
        });
        reader.emitter().onTermination(timer::cancel);
    }

    private void answerWaiting(PartitionName partition) {
        List<Waiting> due = waiting.remove(partition);
        if (due != null) {
            due.forEach(reader -> answer(partition, reader));
        }
    }

    private void answer(PartitionName partition, Waiting reader) {
        try {
            reader.emitter().complete(after(partition, reader.after()));
        } catch (LogTrimmedException gone) {
            reader.emitter().fail(gone);
        }
    }

    private List<LogEntry> after(PartitionName partition, long after) {
        InMemoryHotState state = partitions.get(partition);
        if (state == null) {
            throw new LogTrimmedException("the log is gone");
        }
        return state.after(after);
    }
}
