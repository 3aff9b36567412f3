package dev.entente.engine.replication;

import dev.entente.domain.identity.PeeringId;
import dev.entente.domain.peering.Peering;
import dev.entente.engine.port.EventLoop;
import dev.entente.engine.port.PeeringStore;
import dev.entente.engine.view.Topic;
import dev.entente.engine.view.View;
import java.util.Optional;
import java.util.Set;

/**
 * Tells once when a peering is no longer active. The view may not show a peering yet that was just made through another replica;
 * when it shows none, the store is asked.
 */
final class DeletionWatch {
    private final ReplicationPorts ports;
    private final Peering peering;
    private final EventLoop loop;
    private final Runnable onDeleted;
    private View.Watch watch = () -> {};

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
        watch.close();
    }

    private void look() {
        Optional<Peering> shown = ports.view()
                .partition(peering.partition())
                .flatMap(partition -> partition.peering(peering.name()))
                .map(found -> found.value())
                .filter(found -> found.id().equals(peering.id()));
        if (shown.isEmpty()) {
            lookInStore(peering.id());
        } else if (!shown.get().isActive()) {
            onDeleted.run();
        }
    }

    /** A store that does not answer tells nothing; the next change of the view makes us ask again. */
    private void lookInStore(PeeringId id) {
        new LoopCalls(loop).ask(ports.peerings().byId(id), this::decide, failure -> {});
    }

    private void decide(Optional<PeeringStore.Held> held) {
        if (held.isEmpty() || !held.get().peering().isActive()) {
            onDeleted.run();
        }
    }
}
