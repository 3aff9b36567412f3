package dev.entente.engine.replication;

/** What all streams of a replica have in common. */
public record Replication(
        ReplicationPorts ports,
        ReplicationSettings settings,
        LocalCluster cluster,
        ExportFeeds feeds,
        ReplicationObserver observer) {}
