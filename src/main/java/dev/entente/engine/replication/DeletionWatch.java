package dev.entente.engine.replication;

import dev.entente.domain.identity.PeeringId;
import dev.entente.domain.peering.Peering;
import dev.entente.engine.port.EventLoop;
import dev.entente.engine.port.PeeringStore;
import dev.entente.engine.view.Topic;
import dev.entente.engine.view.View;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Tells when a peering is no longer active. What the view shows may be old: it may not show a peering yet that was just made through
 * another replica, or still show as ended one that a new token has brought back. So before a peer is told the end, the store is asked.
 */
final class DeletionWatch {
    private static final Duration ASK_AGAIN = Duration.ofMillis(500);

    private final ReplicationPorts ports;
    private final Peering peering;
    private final EventLoop loop;
    private final Runnable onDeleted;
    private View.Watch watch = () -> {};
    private EventLoop.Timer timer = () -> {};
    private boolean closed;

    DeletionWatch(ReplicationPorts ports, Peering peering, EventLoop loop, Runnable onDeleted) {
        this.ports = ports;
        this.peering = peering;
        this.loop = loop;
        this.onDeleted = onDeleted;
    }

    void start() {
        watch = ports.view()
                .watch(
                        peering.partition(),
                        Set.of(Topic.of(Topic.Subject.PEERINGS, null)),
                        () -> loop.execute(this::look));
        look();
    }

    void close() {
        closed = true;
        timer.cancel();
        watch.close();
    }

    private void look() {
        Optional<Peering> shown = ports.view()
                .partition(peering.partition())
                .flatMap(partition -> partition.peering(peering.name()))
                .map(found -> found.value())
                .filter(found -> found.id().equals(peering.id()));
        if (shown.isEmpty() || !shown.get().isActive()) {
            lookInStore(peering.id());
        }
    }

    /** A store that does not answer tells nothing, so it is asked again. */
    private void lookInStore(PeeringId id) {
        new LoopCalls(loop).ask(ports.peerings().byId(id), this::decide, failure -> askAgain());
    }

    private void askAgain() {
        if (!closed) {
            timer.cancel();
            timer = loop.after(ASK_AGAIN, this::look);
        }
    }

    private void decide(Optional<PeeringStore.Held> held) {
        if (held.isEmpty() || !held.get().peering().isActive()) {
            onDeleted.run();
        }
    }
}
