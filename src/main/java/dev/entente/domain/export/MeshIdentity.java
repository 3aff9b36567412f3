package dev.entente.domain.export;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.TrustDomain;
import dev.entente.domain.trust.SpiffeId;

/** Under which names the exporting partition's services are known in the mesh (protocol chapter 5.4). */
public record MeshIdentity(TrustDomain trustDomain, String datacenter, PartitionName partition) {
    private static final String NAMESPACE = "default";

    /** The TLS name by which a gateway recognises traffic of a peer for a service. */
    String sni(String service, String peerName) {
        return service + "." + NAMESPACE + "." + partition + "." + peerName + ".external." + trustDomain;
    }

    String serviceSpiffeId(String service) {
        return "spiffe://" + trustDomain + inPartition() + "/ns/" + NAMESPACE + "/dc/" + datacenter + "/svc/"
                + SpiffeId.pathOf(service);
    }

    String gatewaySpiffeId() {
        return "spiffe://" + trustDomain + inPartition() + "/gateway/mesh/dc/" + datacenter;
    }

    private String inPartition() {
        return partition.isDefault() ? "" : "/ap/" + partition;
    }
}
