package dev.entente.engine.peering;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.PeeringId;
import dev.entente.domain.peering.Peering;
import dev.entente.domain.peering.SecretChange;
import dev.entente.domain.trust.TrustBundle;
import dev.entente.engine.access.Caller;
import dev.entente.engine.view.Found;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The calls about peerings that only servers and proxies make in Consul (protocol chapter 2.9): trust bundles, and writing a record
 * as a whole. Refusals fail with a RefusedException that carries the documented text.
 */
public interface PeeringRecords {

    /** A bundle as it is stored here: under which peer, and with which indexes. */
    record HeldBundle(PeerName peer, TrustBundle bundle, long createIndex, long modifyIndex) {}

    /** Who asks for the bundles that a service or a mesh gateway needs; nothing is validated yet. */
    record BundlesQuery(String service, String namespace, String partition, String kind) {}

    /** The bundle that a peer has sent, if it has. */
    Uni<Found<Optional<HeldBundle>>> trustBundle(Caller caller, String partition, String peer);

    /** The bundles of all peers that a service is exported to; of all peers for a mesh gateway. */
    Uni<Found<List<HeldBundle>>> trustBundles(Caller caller, BundlesQuery query);

    /**
     * Writes a record and a step of its secrets.
     *
     * @param wanted the record in this partition and with this id, which counts when there is none of its name
     */
    Uni<Void> write(
            Caller caller,
            String partition,
            BiFunction<PartitionName, PeeringId, Peering> wanted,
            SecretChange secrets);
}
