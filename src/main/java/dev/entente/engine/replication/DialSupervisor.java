package dev.entente.engine.replication;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeeringId;
import dev.entente.domain.peering.Peering;
import dev.entente.engine.port.EventLoop;
import dev.entente.engine.port.EventLoops;
import dev.entente.engine.port.PeerDialer;
import dev.entente.engine.view.Topic;
import dev.entente.engine.view.View;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Keeps one dial loop per peering that this cluster dials, in all partitions (protocol chapter 3.2). Every replica has all loops;
 * a lease decides whose loop dials. All state is touched on one event loop.
 */
public final class DialSupervisor {
    private final Replication common;
    private final EventLoops loops;
    private final PeerDialer dialer;
    private final EventLoop loop;
    private final Map<PeeringId, DialLoop> dialLoops = new HashMap<>();
    private final Map<PartitionName, View.Watch> watches = new HashMap<>();
    private View.Watch partitions = () -> {};
    private boolean stopped;

    public DialSupervisor(Replication common, EventLoops loops, PeerDialer dialer) {
        this.common = common;
        this.loops = loops;
        this.dialer = dialer;
        this.loop = loops.next();
    }

    /** Begins to watch and to dial. */
    public void start() {
        partitions = common.ports()
                .view()
                .watch(
                        PartitionName.DEFAULT,
                        Set.of(Topic.of(Topic.Subject.PARTITIONS, null)),
                        () -> loop.execute(this::lookAtPartitions));
        loop.execute(this::lookAtPartitions);
    }

    /** Ends all streams without a word about their peerings, and gives the leases back; that happens soon after. */
    public void stop() {
        loop.execute(() -> {
            stopped = true;
            partitions.close();
            watches.values().forEach(View.Watch::close);
            dialLoops.values().forEach(DialLoop::stop);
            dialLoops.clear();
        });
    }

    private void lookAtPartitions() {
        if (stopped) {
            return;
        }
        View view = common.ports().view();
        for (PartitionName name : view.partitions()) {
            watches.computeIfAbsent(
                    name,
                    unwatched -> view.watch(
                            unwatched,
                            Set.of(Topic.of(Topic.Subject.PEERINGS, null)),
                            () -> loop.execute(this::lookAtPeerings)));
        }
        lookAtPeerings();
    }

    private void lookAtPeerings() {
        if (stopped) {
            return;
        }
        Set<PeeringId> dialed = new HashSet<>();
        View view = common.ports().view();
        for (PartitionName name : view.partitions()) {
            view.partition(name)
                    .ifPresent(partition -> partition.peerings().value().stream()
                            .map(found -> found.value())
                            .filter(peering -> peering.isActive() && peering.isDialer())
                            .forEach(peering -> dialed.add(dial(peering))));
        }
        dialLoops.entrySet().removeIf(entry -> {
            boolean over = !dialed.contains(entry.getKey());
            if (over) {
                entry.getValue().retire();
            }
            return over;
        });
    }

    private PeeringId dial(Peering peering) {
        DialLoop known = dialLoops.get(peering.id());
        if (known == null) {
            DialLoop begun = new DialLoop(common, loops.next(), dialer, peering);
            dialLoops.put(peering.id(), begun);
            begun.start();
        } else {
            known.recordChanged(peering);
        }
        return peering.id();
    }
}
