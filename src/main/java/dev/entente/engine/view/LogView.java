package dev.entente.engine.view;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import dev.entente.engine.port.ChangeLog;
import dev.entente.engine.port.EventLoop;
import dev.entente.engine.port.EventLoops;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The views of this replica, kept by following the change logs: the default partition's from the start, the others' as they are created.
 */
public final class LogView implements View {
    private final ChangeLog log;
    private final Recovery recovery;
    private final BlockingReads reads;
    private final Settings settings;
    private final EventLoops loops;
    private final BiConsumer<PartitionName, Throwable> troubles;
    private final ReadObserver observer;
    private final Map<PartitionName, Following> followings = new ConcurrentHashMap<>();

    /**
     * How the view behaves.
     *
     * @param applyTimeout how long a writer waits at most for its own change to show
     * @param maxBlockingReads how many reads may wait at a time
     */
    public record Settings(Duration applyTimeout, int maxBlockingReads) {
        public static final Settings DEFAULT = new Settings(Duration.ofSeconds(7), 100_000);
    }

    /** What drives the view. */
    public record Drive(
            EventLoops loops,
            RandomGenerator random,
            BiConsumer<PartitionName, Throwable> troubles,
            ReadObserver observer) {
        public Drive(EventLoops loops, RandomGenerator random, BiConsumer<PartitionName, Throwable> troubles) {
            this(loops, random, troubles, ReadObserver.NONE);
        }
    }

    public LogView(ChangeLog log, Recovery recovery, Drive drive, Settings settings) {
        this.log = log;
        this.recovery = recovery;
        this.settings = settings;
        this.loops = drive.loops();
        this.troubles = drive.troubles();
        this.observer = drive.observer();
        this.reads = new BlockingReads(drive.loops(), drive.random(), settings.maxBlockingReads());
    }

    /** One followed partition. */
    private final class Following implements Follower.Listener {
        private final Follower follower;
        private final Watches watches = new Watches();
        private final AppliedPositions applied = new AppliedPositions();
        private final EventLoop timers = loops.next();

        Following(PartitionName partition) {
            follower = new Follower(partition, new Follower.Source(log, recovery, timers, loops.aside()), this);
        }

        @Override
        public void onLoaded(PartitionTables tables) {
            applied.advance(tables.position());
            followPartitionsOf(tables);
            watches.notifyAllChanged();
        }

        @Override
        public void onApplied(PartitionTables tables, Set<Topic> changed) {
            applied.advance(tables.position());
            if (changed.contains(Topic.of(Topic.Subject.PARTITIONS, null))) {
                followPartitionsOf(tables);
            }
            watches.notifyChanged(changed);
        }

        @Override
        public void onTrouble(PartitionName partition, Throwable trouble) {
            troubles.accept(partition, trouble);
        }
    }

    /** Begins to follow; completes when the default partition can be read. */
    public Uni<Void> start() {
        Following following = follow(PartitionName.DEFAULT);
        return following.applied.first();
    }

    /** Stops following; what is held stays readable. */
    public void stop() {
        followings.values().forEach(following -> following.follower.stop());
    }

    private Following follow(PartitionName partition) {
        Following fresh = new Following(partition);
        Following before = followings.putIfAbsent(partition, fresh);
        if (before != null) {
            return before;
        }
        fresh.follower.start();
        return fresh;
    }

    private void followPartitionsOf(PartitionTables tables) {
        if (!tables.partition().isDefault()) {
            return;
        }
        Set<PartitionName> named = tables.partitionsNamed();
        named.forEach(this::follow);
        for (PartitionName held : Set.copyOf(followings.keySet())) {
            if (!held.isDefault() && !named.contains(held)) {
                unfollow(held);
            }
        }
    }

    private void unfollow(PartitionName partition) {
        Following gone = followings.remove(partition);
        if (gone != null) {
            gone.follower.stop();
            gone.watches.notifyAllChanged();
        }
    }

    private @Nullable PartitionTables tables(PartitionName partition) {
        Following following = followings.get(partition);
        return following == null ? null : following.follower.tables();
    }

    @Override
    public Optional<PartitionView> partition(PartitionName name) {
        return Optional.ofNullable(tables(name));
    }

    @Override
    public PartitionView defaultPartition() {
        PartitionTables held = tables(PartitionName.DEFAULT);
        return held == null ? new PartitionTables(PartitionName.DEFAULT) : held;
    }

    @Override
    public Set<PartitionName> partitions() {
        return new TreeSet<>(followings.keySet());
    }

    @Override
    public Uni<Void> applied(PartitionName partition, long position) {
        Following following = followings.get(partition);
        if (following == null) {
            return Uni.createFrom().failure(unknown(partition));
        }
        return following.applied.reached(position, settings.applyTimeout(), following.timers);
    }

    @Override
    public Watch watch(PartitionName partition, Set<Topic> topics, Runnable onChange) {
        Following following = followings.get(partition);
        return following == null ? () -> {} : following.watches.add(topics, onChange);
    }

    @Override
    public <T> Uni<Found<T>> read(
            PartitionName partition, Waiting waiting, Set<Topic> topics, Function<PartitionView, Found<T>> read) {
        Following following = followings.get(partition);
        if (following == null || following.follower.tables() == null) {
            return Uni.createFrom().failure(unknown(partition));
        }
        observer.asked();
        Uni<Found<T>> answer = Uni.createFrom()
                .deferred(() -> reads.read(following.watches, waiting, topics, () -> read.apply(current(following))));
        return waiting.consistent() ? observer.catchingUp(caughtUp(partition)).chain(() -> answer) : answer;
    }

    private static PartitionView current(Following following) {
        return Objects.requireNonNull(following.follower.tables());
    }

    private Uni<Void> caughtUp(PartitionName partition) {
        return log.position(partition).chain(position -> applied(partition, position));
    }

    @Override
    public boolean isCurrent() {
        Following following = followings.get(PartitionName.DEFAULT);
        return following != null && following.follower.isCurrent();
    }

    /** How many reads wait at present. */
    public int blockingReads() {
        return reads.parked();
    }

    private static RefusedException unknown(PartitionName partition) {
        return new RefusedException(Refusal.badRequest("Partition \"" + partition + "\" does not exist"));
    }
}
