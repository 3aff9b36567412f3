package dev.entente.engine.peering;

import dev.entente.domain.identity.PeeringId;
import dev.entente.domain.identity.RefusedException;
import dev.entente.domain.identity.Secret;
import dev.entente.domain.peering.ExchangeSecret;
import dev.entente.engine.port.Ids;
import dev.entente.engine.port.PeeringStore;
import dev.entente.engine.port.PeeringStore.Held;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * Gives a stream secret for the single-use secret of a token (protocol chapter 1.6, acceptor). However many ask at once and of
 * whichever replica, one gets an answer: the secret is compared and consumed under the lock of the peering.
 */
public final class SecretExchange {
    private final PeeringStore store;
    private final PeeringWrites writes;
    private final Ids ids;

    public SecretExchange(PeeringStore store, PeeringWrites writes, Ids ids) {
        this.store = store;
        this.writes = writes;
        this.ids = ids;
    }

    /** Fails with a RefusedException of kind PERMISSION_DENIED for anything but the secret of the newest, unused token. */
    public Uni<Secret> exchange(String peerId, Secret establishment) {
        if (!PeeringId.isValid(peerId)) {
            return denied();
        }
        return store.byId(new PeeringId(peerId)).chain(held -> exchange(held, establishment));
    }

    private Uni<Secret> exchange(Optional<Held> held, Secret establishment) {
        return held.map(Held::peering)
                .map(peering -> {
                    Secret stream = ids.secret();
                    ExchangeSecret command = new ExchangeSecret(peering.id(), establishment, stream.hash());
                    return writes.write(peering.partition(), peering.name(), command)
                            .replaceWith(stream);
                })
                .orElseGet(SecretExchange::denied);
    }

    private static Uni<Secret> denied() {
        return Uni.createFrom().failure(new RefusedException(ExchangeSecret.DENIED));
    }
}
