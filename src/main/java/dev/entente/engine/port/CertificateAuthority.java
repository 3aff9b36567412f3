package dev.entente.engine.port;

import io.smallrye.mutiny.Uni;

/** The built-in certificate authority of the cluster, as those see it who show its roots. */
@FunctionalInterface
public interface CertificateAuthority {

    /** The roots as clients and tokens show them; made on first use. */
    Uni<CaRoots> roots();
}
