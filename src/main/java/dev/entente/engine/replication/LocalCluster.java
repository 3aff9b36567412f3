package dev.entente.engine.replication;

/**
 * Who we are.
 *
 * @param node the name of this replica's node, unique among the living of the cluster
 * @param run this run of the replica, unique among all of its node
 * @param meshEnabled whether trust bundles and synthetic proxies are exported ({@code connect.enabled})
 */
public record LocalCluster(String node, String run, String datacenter, boolean meshEnabled) {}
