package dev.entente.engine.replication;

import java.time.Duration;
import java.time.Instant;

/** What all streams of a replica have in common. */
public record Replication(
        ReplicationPorts ports,
        ReplicationSettings settings,
        LocalCluster cluster,
        ExportFeeds feeds,
        ReplicationObserver observer) {

    /**
     * How long a lease is valid yet; negative when it may have lapsed. That counts from the asking, which is the careful side: this
     * replica may have stood still before it heard the answer.
     */
    Duration leaseLeft(Instant asked) {
        return settings.leaseValidity()
                .minus(Duration.between(asked, ports.clock().now()));
    }
}
