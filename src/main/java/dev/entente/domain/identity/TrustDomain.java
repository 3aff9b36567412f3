package dev.entente.domain.identity;

import java.util.Locale;

/** The SPIFFE trust domain of a cluster: {@code <cluster UUID>.consul} in lower case. */
public record TrustDomain(String value) {
    public TrustDomain {
        value = value.toLowerCase(Locale.ROOT);
    }

    /** The trust domain of the cluster with this UUID. */
    public static TrustDomain ofCluster(String clusterId) {
        return new TrustDomain(clusterId + ".consul");
    }

    /** The TLS name under which the servers of a datacenter are dialed by peers (protocol chapter 1.2.1). */
    public String serverName(String datacenter) {
        return "server." + datacenter + ".peering." + value;
    }

    @Override
    public String toString() {
        return value;
    }
}
