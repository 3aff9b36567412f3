package dev.entente.engine.replication;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.Secret;
import dev.entente.domain.peering.Remote;
import dev.entente.engine.peering.Admitted;
import io.smallrye.mutiny.Uni;

/** Decides whether a dialer may open a stream (protocol chapter 3.1, steps 4 to 12). */
@FunctionalInterface
public interface Admission {

    /**
     * Checks the secret and makes it the active one, and notes where the dialer is. A refusal carries the documented text; its
     * kind is the gRPC code.
     */
    Uni<Outcome<Admitted>> admit(String peerId, Secret secret, Remote remote);
}
