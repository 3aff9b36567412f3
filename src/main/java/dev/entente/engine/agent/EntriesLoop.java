package dev.entente.engine.agent;

import dev.entente.domain.config.ProxyDefaultsEntry;
import dev.entente.domain.config.ServiceDefaultsEntry;
import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.EventLoop;
import dev.entente.engine.view.Topic;
import dev.entente.engine.view.View;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Keeps what entries say of this node's proxies in the catalog, as a Consul agent does for what is registered with it: when an entry
 * changes, and every few seconds for what was registered in the same moment or could not be written. It begins with what was
 * registered, so it ends when that is done; its own writes change no entry and do not wake it. One pass at a time; all state is
 * touched on one event loop.
 */
public final class EntriesLoop {
    private static final Duration PERIOD = Duration.ofSeconds(3);
    private static final Set<Topic> ENTRIES =
            Set.of(Topic.configKind(ServiceDefaultsEntry.KIND), Topic.configKind(ProxyDefaultsEntry.KIND));

    private final OwnNodeStore own;
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
        WRITING,
        /** An entry changed during the pass, so another one follows at once. */
        WRITING_AGAIN
    }

    /**
     * @param troubles hears why a pass failed; it is repeated anyway
     */
    public EntriesLoop(OwnNodeStore own, View view, EventLoop loop, Consumer<Throwable> troubles) {
        this.own = own;
        this.view = view;
        this.loop = loop;
        this.troubles = troubles;
    }

    /** Begins; the name of this node has to be ours. */
    public void start() {
        loop.execute(() -> {
            phase = Phase.IDLE;
            timer = loop.every(PERIOD, this::look);
            look();
        });
    }

    /** Writes nothing more. */
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
            write();
        } else {
            phase = Phase.WRITING_AGAIN;
        }
    }

    private View.Watch watch(PartitionName partition) {
        return view.watch(partition, ENTRIES, () -> loop.execute(this::look));
    }

    private void write() {
        phase = Phase.WRITING;
        pass = everywhere().subscribe().with(done -> loop.execute(this::written), failure -> {
            troubles.accept(failure);
            loop.execute(this::written);
        });
    }

    private Uni<Void> everywhere() {
        return Multi.createFrom()
                .iterable(view.partitions())
                .onItem()
                .transformToUniAndConcatenate(own::followEntries)
                .onItem()
                .ignoreAsUni();
    }

    private void written() {
        boolean again = phase == Phase.WRITING_AGAIN;
        if (phase == Phase.STOPPED) {
            return;
        }
        phase = Phase.IDLE;
        if (again) {
            write();
        }
    }
}
