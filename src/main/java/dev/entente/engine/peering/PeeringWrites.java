package dev.entente.engine.peering;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.peering.HeldPeering;
import dev.entente.domain.peering.Peering;
import dev.entente.domain.peering.PeeringCommand;
import dev.entente.domain.peering.PeeringSecrets;
import dev.entente.engine.port.PeeringStore;
import dev.entente.engine.port.PeeringStore.Decision;
import dev.entente.engine.port.PeeringStore.Held;
import dev.entente.engine.view.Publisher;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** Performs the domain's commands: decided under the lock of the name, committed, and visible here when the result completes. */
public final class PeeringWrites {
    private final PeeringStore store;
    private final Publisher publisher;

    public PeeringWrites(PeeringStore store, Publisher publisher) {
        this.store = store;
        this.publisher = publisher;
    }

    /** Gives what is held afterwards; a refusal fails with a RefusedException and changes nothing. */
    Uni<Optional<HeldPeering>> perform(PartitionName partition, PeerName name, PeeringCommand command) {
        return store.decide(partition, name, held -> decide(command, held))
                .chain(committed -> publisher.publish(partition, committed));
    }

    /** As {@link #perform}, for commands after which there is a peering. */
    Uni<Peering> write(PartitionName partition, PeerName name, PeeringCommand command) {
        return perform(partition, name, command).map(Optional::orElseThrow).map(HeldPeering::peering);
    }

    private static Outcome<Decision<Optional<HeldPeering>>> decide(PeeringCommand command, Optional<Held> held) {
        return command.decide(held.map(now -> new HeldPeering(now.peering(), now.secrets()))
                        .orElse(null))
                .map(PeeringWrites::asDecision);
    }

    private static Decision<Optional<HeldPeering>> asDecision(Optional<HeldPeering> next) {
        return new Decision<>(
                next.map(HeldPeering::peering).orElse(null),
                next.map(HeldPeering::secrets).orElse(PeeringSecrets.NONE),
                next);
    }
}
