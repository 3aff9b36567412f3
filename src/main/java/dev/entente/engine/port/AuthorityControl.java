package dev.entente.engine.port;

import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.trust.CaConfiguration;
import io.smallrye.mutiny.Uni;

/** The built-in certificate authority of the cluster, as operators see it. */
public interface AuthorityControl {

    /** How the authority works. It may hold a private key: for operators only. */
    Uni<Indexed<CaConfiguration>> configuration();

    /**
     * Changes how the authority works. When another key or root is wanted, a new root becomes active; the old one stays known and
     * has signed the new one, so that those who know only the old one trust the new one's certificates.
     *
     * @param expectedIndex the index that the configuration must have, or 0 for whichever
     */
    Uni<Void> configure(CaConfiguration wanted, long expectedIndex);

    /** Forgets roots that were replaced so long ago that nothing which they signed is valid any more. */
    Uni<Void> prune();
}
