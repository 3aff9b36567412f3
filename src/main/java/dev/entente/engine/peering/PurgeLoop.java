package dev.entente.engine.peering;

import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.EventLoop;
import dev.entente.engine.view.Topic;
import dev.entente.engine.view.View;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Runs the purge in the background: when peerings change, and every few seconds for what another replica did not finish. One pass at a
 * time; all state is touched on one event loop.
 */
public final class PurgeLoop {
    private static final Duration PERIOD = Duration.ofSeconds(3);

    private final Purge purge;
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
        SWEEPING,
        /** Something changed during the pass, so another one follows at once. */
        SWEEPING_AGAIN
    }

    /**
     * @param troubles hears why a pass failed; it is repeated anyway
     */
    public PurgeLoop(Purge purge, View view, EventLoop loop, Consumer<Throwable> troubles) {
        this.purge = purge;
        this.view = view;
        this.loop = loop;
        this.troubles = troubles;
    }

    /** Begins to watch and to sweep. */
    public void start() {
        loop.execute(() -> {
            phase = Phase.IDLE;
            timer = loop.every(PERIOD, this::look);
            look();
        });
    }

    /** Ends soon; a pass under way is left where it is, to be continued by whoever comes next. */
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
        view.partitions().forEach(partition -> watches.computeIfAbsent(partition, this::watch));
        if (phase == Phase.IDLE) {
            sweep();
        } else {
            phase = Phase.SWEEPING_AGAIN;
        }
    }

    private View.Watch watch(PartitionName partition) {
        return view.watch(partition, Set.of(Topic.of(Topic.Subject.PEERINGS, null)), () -> loop.execute(this::look));
    }

    private void sweep() {
        phase = Phase.SWEEPING;
        pass = purge.sweep().subscribe().with(done -> loop.execute(this::swept), failure -> {
            troubles.accept(failure);
            loop.execute(this::swept);
        });
    }

    private void swept() {
        boolean again = phase == Phase.SWEEPING_AGAIN;
        if (phase == Phase.STOPPED) {
            return;
        }
        phase = Phase.IDLE;
        if (again) {
            sweep();
        }
    }
}
