package dev.entente.engine.view;

import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.ChangeLog;
import dev.entente.engine.port.EventLoop;
import dev.entente.engine.port.LogEntry;
import dev.entente.engine.port.LogTrimmedException;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Follows the log of one partition for as long as it is open: loads the hot state, catches up, then applies batch after batch. When the
 * log was trimmed or began anew it loads again; when the store is away it keeps what it has and tries again.
 *
 * <p>One step runs after the other, so that the tables are written by one thread at a time, whichever it is.
 */
final class Follower {
    private static final Duration TAIL_WAIT = Duration.ofSeconds(1);
    private static final Duration RETRY_PAUSE = Duration.ofMillis(250);

    private final PartitionName partition;
    private final ChangeLog log;
    private final Recovery recovery;
    private final EventLoop timers;
    private final Executor aside;
    private final Listener listener;
    private final Repetition loop = new Repetition();
    private volatile @Nullable PartitionTables tables;
    private volatile boolean current;

    /** Where entries come from, how a log is begun, what times the pauses, and where to do what takes long. */
    record Source(ChangeLog log, Recovery recovery, EventLoop timers, Executor aside) {}

    /** Hears what the follower does, on the thread that applies. */
    interface Listener {
        /** New tables stand in place of the old ones: anything may have changed. */
        void onLoaded(PartitionTables tables);

        void onApplied(PartitionTables tables, Set<Topic> changed);

        void onTrouble(PartitionName partition, Throwable trouble);
    }

    Follower(PartitionName partition, Source source, Listener listener) {
        this.partition = partition;
        this.log = source.log();
        this.recovery = source.recovery();
        this.timers = source.timers();
        this.aside = source.aside();
        this.listener = listener;
    }

    void start() {
        loop.start(this::step, trouble -> listener.onTrouble(partition, trouble));
    }

    void stop() {
        loop.stop();
    }

    @Nullable
    PartitionTables tables() {
        return tables;
    }

    /** Whether the last step reached the log. */
    boolean isCurrent() {
        return current;
    }

    private Uni<Boolean> step() {
        return Uni.createFrom()
                .deferred(() -> tables == null ? load() : tail())
                .invoke(() -> current = true)
                .onFailure(LogTrimmedException.class)
                .recoverWithUni(this::reload)
                .onFailure()
                .recoverWithUni(this::pause)
                .replaceWith(true);
    }

    private Uni<Void> tail() {
        PartitionTables held = Objects.requireNonNull(tables);
        return log.tail(partition, held.position(), TAIL_WAIT)
                .chain(entries -> entries.isEmpty() ? Uni.createFrom().voidItem() : shown(held, entries));
    }

    private Uni<Void> shown(PartitionTables held, List<LogEntry> entries) {
        return applied(held, entries)
                .invoke(changed -> listener.onApplied(held, changed))
                .replaceWithVoid();
    }

    /** What takes long is applied beside the event loops; the next step begins when it is done. */
    private Uni<Set<Topic>> applied(PartitionTables held, List<LogEntry> entries) {
        Uni<Set<Topic>> applied = Uni.createFrom().item(() -> held.apply(entries));
        return held.isLong(entries) ? aside(applied) : applied;
    }

    private <T> Uni<T> aside(Uni<T> work) {
        return work.runSubscriptionOn(aside).emitOn(timers::execute);
    }

    private Uni<Void> load() {
        PartitionTables fresh = new PartitionTables(partition);
        return recovery.ensureBegun(partition)
                .chain(() -> log.load(partition))
                .chain(state -> loaded(fresh, state))
                .chain(() -> log.position(partition))
                .chain(target -> catchUp(fresh, target))
                .invoke(() -> expose(fresh));
    }

    private Uni<Void> loaded(PartitionTables fresh, ChangeLog.HotState state) {
        Uni<Void> loaded = Uni.createFrom().voidItem().invoke(() -> fresh.load(state));
        return fresh.isLong(state.entries()) ? aside(loaded) : loaded;
    }

    /** What was written while the state was read is applied before anybody sees the tables. */
    private Uni<Void> catchUp(PartitionTables fresh, long target) {
        if (fresh.position() >= target) {
            return Uni.createFrom().voidItem();
        }
        return log.tail(partition, fresh.position(), Duration.ZERO)
                .call(entries -> applied(fresh, entries))
                .chain(entries -> entries.isEmpty() ? Uni.createFrom().voidItem() : catchUp(fresh, target));
    }

    private void expose(PartitionTables fresh) {
        tables = fresh;
        listener.onLoaded(fresh);
    }

    private Uni<Void> reload(Throwable cause) {
        listener.onTrouble(partition, cause);
        return load();
    }

    private Uni<Void> pause(Throwable trouble) {
        current = false;
        listener.onTrouble(partition, trouble);
        return timers.elapsed(RETRY_PAUSE);
    }
}
