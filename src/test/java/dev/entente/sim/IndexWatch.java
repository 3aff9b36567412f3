package dev.entente.sim;

import dev.entente.domain.identity.PeerName;
import dev.entente.engine.view.PartitionView;
import dev.entente.engine.view.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Holds the indexes of a replica to growing, over all of its lives: who has seen an index is never shown a smaller one. */
final class IndexWatch {
    private final SimWorld world;
    private final SimReplica.Place place;
    private final View view;
    private long looked = -1;

    /** What a place has shown so far, by question. */
    static final class Memory {
        private final Map<String, Long> shown = new HashMap<>();
        private final List<PeerName> peers;
        private final List<String> services;

        Memory(List<PeerName> peers, List<String> services) {
            this.peers = peers;
            this.services = services;
        }
    }

    IndexWatch(SimWorld world, SimReplica.Place place, View view) {
        this.world = world;
        this.place = place;
        this.view = view;
    }

    /** Looks only when the view has moved: in between nothing can change. */
    void look() {
        PartitionView now = view.defaultPartition();
        if (now.position() == looked || now.position() == 0) {
            return;
        }
        looked = now.position();
        shows("position", now.position());
        shows("peerings", now.peerings().index());
        shows("names", now.serviceNames(null).index());
        for (PeerName peer : place.indexes().peers) {
            shows("names of " + peer.value(), now.serviceNames(peer).index());
            shows("nodes of " + peer.value(), now.nodes(peer).index());
            shows("bundle of " + peer.value(), now.trustBundle(peer).index());
        }
        List<String> services = new ArrayList<>(place.indexes().services);
        for (String service : services) {
            shows(service, now.service(null, service).index());
            for (PeerName peer : place.indexes().peers) {
                shows(
                        service + " of " + peer.value(),
                        now.service(peer, service).index());
            }
        }
    }

    private void shows(String what, long index) {
        Long before = place.indexes().shown.put(what, index);
        if (before != null && index < before) {
            world.violated(place.name() + " shows index " + index + " for " + what + " after " + before);
        }
    }
}
