package dev.entente.engine.view;

import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.EventLoop;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Makes a pass over all partitions in the background: when something changes in one of them, and after a pause for what could not be
 * finished. One pass at a time; all state is touched on one event loop.
 */
public final class PassLoop {
    private static final Duration PERIOD = Duration.ofSeconds(3);

    private final Rhythm rhythm;
    private final Supplier<Uni<Void>> work;
    private final View view;
    private final EventLoop loop;
    private final Consumer<Throwable> troubles;
    private final Map<PartitionName, View.Watch> watches = new HashMap<>();
    private EventLoop.Timer timer = () -> {};
    private Cancellable pass = () -> {};
    private Phase phase = Phase.STOPPED;

    private enum Phase {
        STOPPED,
        IDLE,
        WORKING,
        /** Something changed during the pass, so another one follows at once. */
        WORKING_AGAIN
    }

    /**
     * When passes are made.
     *
     * @param topics whose changes are followed by a pass
     * @param pauses how long to wait for the next pass where nothing changes
     */
    public record Rhythm(Set<Topic> topics, Supplier<Duration> pauses) {}

    /**
     * A pass every few seconds.
     *
     * @param topics whose changes are followed by a pass
     * @param troubles hears why a pass failed; it is repeated anyway
     */
    public PassLoop(
            Set<Topic> topics, Supplier<Uni<Void>> work, View view, EventLoop loop, Consumer<Throwable> troubles) {
        this(new Rhythm(topics, () -> PERIOD), work, view, loop, troubles);
    }

    /**
     * @param troubles hears why a pass failed; it is repeated anyway
     */
    public PassLoop(Rhythm rhythm, Supplier<Uni<Void>> work, View view, EventLoop loop, Consumer<Throwable> troubles) {
        this.rhythm = rhythm;
        this.work = work;
        this.view = view;
        this.loop = loop;
        this.troubles = troubles;
    }

    /** Begins to watch and to work. */
    public void start() {
        loop.execute(() -> {
            phase = Phase.IDLE;
            look();
            lookLater();
        });
    }

    private void lookLater() {
        timer = loop.after(rhythm.pauses().get(), () -> {
            look();
            lookLater();
        });
    }

    /** Ends soon; a pass under way is left where it is. */
    public void stop() {
        loop.execute(() -> {
            phase = Phase.STOPPED;
            timer.cancel();
            pass.cancel();
            watches.values().forEach(View.Watch::close);
            watches.clear();
        });
    }

    private void look() {
        if (phase == Phase.STOPPED) {
            return;
        }
        if (!rhythm.topics().isEmpty()) {
            view.partitions().forEach(partition -> watches.computeIfAbsent(partition, this::watch));
        }
        if (phase == Phase.IDLE) {
            work();
        } else {
            phase = Phase.WORKING_AGAIN;
        }
    }

    private View.Watch watch(PartitionName partition) {
        return view.watch(partition, rhythm.topics(), () -> loop.execute(this::look));
    }

    private void work() {
        phase = Phase.WORKING;
        pass = work.get().subscribe().with(done -> loop.execute(this::worked), failure -> {
            troubles.accept(failure);
            loop.execute(this::worked);
        });
    }

    private void worked() {
        boolean again = phase == Phase.WORKING_AGAIN;
        if (phase == Phase.STOPPED) {
            return;
        }
        phase = Phase.IDLE;
        if (again) {
            work();
        }
    }
}
