package dev.entente.engine.port;

import dev.entente.domain.identity.PartitionName;
import io.smallrye.mutiny.Uni;

/** Takes what a running check found: visible when the result completes. */
public interface CheckReports {

    /** Reports on a check of this replica's node; a report that changes nothing is dropped. */
    Uni<Void> report(PartitionName partition, String node, String checkId, CheckReport report);
}
