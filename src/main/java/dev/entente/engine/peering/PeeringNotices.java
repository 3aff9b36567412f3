package dev.entente.engine.peering;

import dev.entente.domain.identity.Secret;
import dev.entente.domain.peering.Peering;
import dev.entente.domain.peering.TerminatePeering;
import dev.entente.domain.peering.UpdateAddresses;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Takes what a peer tells about the peering itself over its stream; telling it twice does no harm. */
public final class PeeringNotices {
    private final PeeringWrites writes;

    public PeeringNotices(PeeringWrites writes) {
        this.writes = writes;
    }

    /**
     * The peer has deleted its side (protocol chapter 7.3); the purge of what it sent follows by itself.
     *
     * @param peering as it was when the stream began on which it is told
     * @param shown the secret with which that stream was opened
     */
    public Uni<Void> terminated(Peering peering, Secret shown) {
        return writes.perform(
                        peering.partition(),
                        peering.name(),
                        new TerminatePeering(peering.id(), peering.peerId(), shown))
                .replaceWithVoid();
    }

    /** The peer is dialed elsewhere from now on (protocol chapter 4.5); refused for a side that does not dial. */
    public Uni<Void> reachedAt(Peering peering, List<String> addresses) {
        return writes.perform(peering.partition(), peering.name(), new UpdateAddresses(peering.id(), addresses))
                .replaceWithVoid();
    }
}
