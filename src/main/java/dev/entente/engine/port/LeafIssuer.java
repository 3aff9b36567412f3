package dev.entente.engine.port;

import dev.entente.domain.identity.PartitionName;
import io.smallrye.mutiny.Uni;

/** Issues certificates of services. */
@FunctionalInterface
public interface LeafIssuer {

    /** A new key and certificate; refused when more are asked for than the authority is told to sign. */
    Uni<IssuedLeaf> issue(PartitionName partition, String service);
}
