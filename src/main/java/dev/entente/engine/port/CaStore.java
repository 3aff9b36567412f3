package dev.entente.engine.port;

import dev.entente.domain.trust.CaRoot;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Where the certificate authority keeps its roots and keys. */
public interface CaStore {

    /** A root with its private key (PKCS#8 PEM); never logged, never sent. */
    record KeyedRoot(CaRoot root, String privateKeyPem) {
        @Override
        public String toString() {
            return "KeyedRoot[" + root.id() + "]";
        }
    }

    /** All roots with keys, the active one among them; empty before the first start. */
    Uni<List<KeyedRoot>> roots();

    /** Under a lock: keeps what is there, or stores what the supplier makes; so that all replicas share one root. */
    Uni<Committed<List<KeyedRoot>>> initialise(Supplier<KeyedRoot> first);

    /** Makes another root the active one; the old ones stay, inactive. */
    Uni<Committed<Optional<KeyedRoot>>> rotate(KeyedRoot next);
}
