package dev.entente.engine.port;

import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.trust.CaConfiguration;
import dev.entente.domain.trust.CaRoot;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the certificate authority keeps its roots, keys and configuration. */
public interface CaStore {

    /**
     * A root with its private key (PKCS#8 PEM); never logged, never sent.
     *
     * @param rotatedOutAt when another root took its place; null while it is active
     */
    record KeyedRoot(
            CaRoot root, String privateKeyPem, @Nullable Instant rotatedOutAt) {

        /** The same root, no longer signing. */
        public KeyedRoot rotatedOut(Instant now) {
            return root.active() ? new KeyedRoot(root.withActive(false), privateKeyPem, now) : this;
        }

        @Override
        public String toString() {
            return "KeyedRoot[" + root.id() + "]";
        }
    }

    /**
     * Everything that is kept of the authority.
     *
     * @param version grows with each change of any of it
     */
    record Held(List<KeyedRoot> roots, Indexed<CaConfiguration> configuration, long version) {
        public Held {
            roots = List.copyOf(roots);
        }

        /** The root that signs. */
        public KeyedRoot active() {
            return roots.stream()
                    .filter(root -> root.root().active())
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("none of the roots is active"));
        }
    }

    /** What is kept; empty before the first start. */
    Uni<Optional<Held>> held();

    /** Under a lock: keeps what is there, or stores this; so that all replicas share one root. */
    Uni<Committed<Held>> initialise(CaConfiguration configuration, KeyedRoot first);

    /**
     * Puts these roots and this configuration in the place of what is held, if that is still what was seen; empty when it is not.
     * Exactly one of the roots is active.
     */
    Uni<Committed<Optional<Held>>> replace(Held seen, List<KeyedRoot> roots, CaConfiguration configuration);

    /** A number for a leaf certificate that is larger than all before it, whichever replica signs. */
    Uni<Long> nextIndex();
}
