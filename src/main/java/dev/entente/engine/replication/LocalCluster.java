package dev.entente.engine.replication;

/**
 * Who we are.
 *
 * @param replica the name of this replica, unique in the cluster
 * @param meshEnabled whether trust bundles and synthetic proxies are exported ({@code connect.enabled})
 */
public record LocalCluster(String replica, String datacenter, boolean meshEnabled) {}
