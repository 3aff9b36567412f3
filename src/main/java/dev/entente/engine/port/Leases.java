package dev.entente.engine.port;

import dev.entente.domain.identity.PartitionName;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;

/** Leases by the store's clock (architecture §4). All live under the partition they are about. */
public interface Leases {

    /** Takes a free or lapsed lease, or one of the same owner; empty when another holds it. */
    Uni<Optional<Lease>> acquire(PartitionName partition, String name, String owner, Duration validity);

    /** Takes a lease from an owner that is known to be gone; empty when by now another holds it. */
    Uni<Optional<Lease>> succeed(
            PartitionName partition, String name, String predecessor, String owner, Duration validity);

    /** Prolongs a lease; false when it was lost. */
    Uni<Boolean> renew(PartitionName partition, Lease lease, Duration validity);

    /** Gives a lease back; does nothing when it was lost. */
    Uni<Void> release(PartitionName partition, Lease lease);

    /** Who holds a lease now. */
    Uni<Optional<String>> holder(PartitionName partition, String name);
}
