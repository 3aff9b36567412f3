package dev.entente.engine.port;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.PeeringId;
import dev.entente.domain.peering.Peering;
import dev.entente.domain.peering.PeeringSecrets;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Peerings and their secrets, changed only under the lock of their name. */
public interface PeeringStore {

    /** A peering with its secrets. */
    record Held(Peering peering, PeeringSecrets secrets, long createIndex, long modifyIndex) {}

    /**
     * What a decision leaves behind.
     *
     * @param peering the new record; null removes record and secrets
     * @param result handed to the caller
     */
    record Decision<T>(@Nullable Peering peering, PeeringSecrets secrets, T result) {}

    Uni<Optional<Held>> byName(PartitionName partition, PeerName name);

    /** Finds a peering in any partition. */
    Uni<Optional<Held>> byId(PeeringId id);

    /**
     * Decides on what is held under a name, with the row locked, and writes the decision in the same transaction. A refusal
     * fails the call with a {@link dev.entente.domain.identity.RefusedException} and writes nothing. A decision that changes
     * only secrets makes no change visible.
     */
    <T> Uni<Committed<T>> decide(
            PartitionName partition, PeerName name, Function<Optional<Held>, Outcome<Decision<T>>> decision);
}
