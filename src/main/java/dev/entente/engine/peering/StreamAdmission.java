package dev.entente.engine.peering;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PeeringId;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.Refusal.Kind;
import dev.entente.domain.identity.RefusedException;
import dev.entente.domain.identity.Secret;
import dev.entente.domain.peering.OpenStream;
import dev.entente.domain.peering.Peering;
import dev.entente.domain.peering.Remote;
import dev.entente.engine.port.PeeringStore;
import dev.entente.engine.port.PeeringStore.Held;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * Decides whether a stream that a peer opens is let in (protocol chapter 3.1, steps 3 to 12); duplicates of a live stream are the
 * streams' own affair.
 *
 * <p>Kinds of refusal are named after the gRPC codes with which the stream ends. One that is {@code ABORTED} is preceded by one
 * Terminated message, so that the other side stops dialing.
 */
public final class StreamAdmission {
    private final PeeringStore store;
    private final PeeringWrites writes;

    public StreamAdmission(PeeringStore store, PeeringWrites writes) {
        this.store = store;
        this.writes = writes;
    }

    /** Admits a stream whose Open carries these; the pending secret becomes the active one in the same step. */
    public Uni<Outcome<Admitted>> admit(String peerId, Secret secret, Remote remote) {
        if (peerId.isEmpty()) {
            return refuse(Kind.INVALID_ARGUMENT, "initial subscription request must specify a PeerID");
        }
        if (!PeeringId.isValid(peerId)) {
            return refuse(Kind.INTERNAL, "failed to find PeerID: " + peerId);
        }
        OpenStream command = new OpenStream(new PeeringId(peerId), secret, remote);
        return store.byId(command.id())
                .chain(held -> admit(command, held))
                .map(peering -> Outcome.accepted(new Admitted(peering)))
                .onFailure(RefusedException.class)
                .recoverWithItem(failure -> Outcome.refused(failure.refusal()));
    }

    private Uni<Peering> admit(OpenStream command, Optional<Held> held) {
        return held.map(Held::peering)
                .map(peering -> writes.write(peering.partition(), peering.name(), command))
                .orElseGet(() -> Uni.createFrom().item(() -> unknown(command)));
    }

    /** The command itself knows what is said about a peering that does not exist. */
    private static Peering unknown(OpenStream command) {
        return command.decide(null).orThrow().orElseThrow().peering();
    }

    private static Uni<Outcome<Admitted>> refuse(Kind kind, String text) {
        return Uni.createFrom().item(Outcome.refused(new Refusal(kind, text)));
    }
}
