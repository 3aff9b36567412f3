package dev.entente.engine.peering;

import dev.entente.domain.peering.Peering;
import dev.entente.engine.port.EventLoops;
import dev.entente.engine.port.Leases;
import io.smallrye.mutiny.Uni;
import java.time.Duration;

/**
 * Waits until no replica holds a stream of a peering any more, so that nothing is imported behind the purge's back and the other side
 * has been told; but not for long, because a replica that died keeps its lease for a while.
 */
public final class StreamFarewell {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final int LOOKS = 30;

    private final Leases leases;
    private final EventLoops loops;

    public StreamFarewell(Leases leases, EventLoops loops) {
        this.leases = leases;
        this.loops = loops;
    }

    /** Completes when the stream is over, or after three seconds. */
    Uni<Void> said(Peering peering) {
        return look(peering, LOOKS);
    }

    private Uni<Void> look(Peering peering, int left) {
        return isStreaming(peering)
                .chain(streaming -> streaming && left > 0
                        ? loops.next().elapsed(LOOK_AGAIN).chain(() -> look(peering, left - 1))
                        : Uni.createFrom().voidItem());
    }

    private Uni<Boolean> isStreaming(Peering peering) {
        return Uni.join()
                .all(PeeringLeases.ofStreams(peering.id()).stream()
                        .map(name -> leases.holder(peering.partition(), name))
                        .toList())
                .andFailFast()
                .map(holders -> holders.stream().anyMatch(holder -> holder.isPresent()));
    }
}
