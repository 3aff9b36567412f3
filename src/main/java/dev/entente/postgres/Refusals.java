package dev.entente.postgres;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;

/** What the database itself refuses, whatever was decided. */
final class Refusals {
    private Refusals() {}

    /** The partition was deleted between the decision to write into it and the write. */
    static RefusedException noSuchPartition(Throwable foreignKeyViolation) {
        return new RefusedException(Refusal.badRequest("Invalid partition: the partition does not exist"));
    }

    /** Protocol chapter 1.6, the last of the store-level errors. */
    static RefusedException secretInUse() {
        return new RefusedException(Refusal.invalid("peering secret is already in use, retry the operation"));
    }

    static RefusedException partitionNotEmpty(PartitionName partition) {
        return new RefusedException(Refusal.invalid(
                "Partition \"" + partition + "\" cannot be deleted: it still has nodes, peerings or config entries"));
    }

    static RefusedException defaultPartition() {
        return new RefusedException(Refusal.invalid("The default partition cannot be deleted"));
    }
}
