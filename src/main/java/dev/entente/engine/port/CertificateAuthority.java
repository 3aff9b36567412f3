package dev.entente.engine.port;

import io.smallrye.mutiny.Uni;

/** The built-in certificate authority of the cluster. */
public interface CertificateAuthority {

    /** The roots as clients and tokens show them; made on first use. */
    Uni<CaRoots> roots();

    /** A new root becomes active; the old one stays known. */
    Uni<CaRoots> rotate();
}
