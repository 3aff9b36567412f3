package dev.entente.grpc;

import com.google.protobuf.Timestamp;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.PeeringId;
import dev.entente.domain.identity.Secret;
import dev.entente.domain.peering.PeeringState;
import dev.entente.domain.peering.Remote;
import dev.entente.domain.peering.SecretChange;
import dev.entente.engine.peering.PeeringRecords.HeldBundle;
import dev.entente.engine.view.Found;
import dev.entente.grpc.wire.peering.Peering;
import dev.entente.grpc.wire.peering.PeeringTrustBundle;
import dev.entente.grpc.wire.peering.SecretsWriteRequest;
import dev.entente.grpc.wire.peering.TrustBundleListByServiceResponse;
import dev.entente.grpc.wire.peering.TrustBundleReadResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Records and trust bundles as the calls among servers carry them (protocol chapter 2.4). */
final class PeeringRecordCodec {
    private static final Map<dev.entente.grpc.wire.peering.PeeringState, PeeringState> STATES = Map.of(
            dev.entente.grpc.wire.peering.PeeringState.PENDING, PeeringState.PENDING,
            dev.entente.grpc.wire.peering.PeeringState.ESTABLISHING, PeeringState.ESTABLISHING,
            dev.entente.grpc.wire.peering.PeeringState.ACTIVE, PeeringState.ACTIVE,
            dev.entente.grpc.wire.peering.PeeringState.FAILING, PeeringState.FAILING,
            dev.entente.grpc.wire.peering.PeeringState.DELETING, PeeringState.DELETING,
            dev.entente.grpc.wire.peering.PeeringState.TERMINATED, PeeringState.TERMINATED);

    private PeeringRecordCodec() {}

    static dev.entente.domain.peering.Peering record(Peering wire, PartitionName partition, PeeringId id) {
        return new dev.entente.domain.peering.Peering(
                id,
                partition,
                new PeerName(wire.getName()),
                STATES.getOrDefault(wire.getState(), PeeringState.UNDEFINED),
                wire.hasDeletedAt() ? instant(wire.getDeletedAt()) : null,
                wire.getMetaMap(),
                wire.getPeerId(),
                wire.getPeerCaPemsList(),
                wire.getPeerServerName(),
                wire.getPeerServerAddressesList(),
                new Remote(wire.getRemote().getPartition(), wire.getRemote().getDatacenter()));
    }

    static SecretChange secrets(SecretsWriteRequest wire) {
        return switch (wire.getRequestCase()) {
            case GENERATE_TOKEN ->
                new SecretChange.TokenMade(new Secret(wire.getGenerateToken().getEstablishmentSecret()).hash());
            case EXCHANGE_SECRET ->
                new SecretChange.TokenUsed(
                        new Secret(wire.getExchangeSecret().getEstablishmentSecret()),
                        new Secret(wire.getExchangeSecret().getPendingStreamSecret()).hash());
            case PROMOTE_PENDING ->
                new SecretChange.PendingUsed(new Secret(wire.getPromotePending().getActiveStreamSecret()));
            case ESTABLISH ->
                new SecretChange.Established(new Secret(wire.getEstablish().getActiveStreamSecret()));
            case REQUEST_NOT_SET -> new SecretChange.Unchanged();
        };
    }

    static TrustBundleReadResponse read(Found<Optional<HeldBundle>> found, PartitionName partition) {
        TrustBundleReadResponse.Builder wire =
                TrustBundleReadResponse.newBuilder().setIndex(found.index());
        found.value().ifPresent(held -> wire.setBundle(bundle(held, partition)));
        return wire.build();
    }

    static TrustBundleListByServiceResponse list(Found<List<HeldBundle>> found, PartitionName partition) {
        TrustBundleListByServiceResponse.Builder wire =
                TrustBundleListByServiceResponse.newBuilder().setIndex(found.index());
        found.value().forEach(held -> wire.addBundles(bundle(held, partition)));
        return wire.build();
    }

    /** Under our name of the peer and in our partition, as it is stored (protocol chapter 4.4). */
    private static PeeringTrustBundle bundle(HeldBundle held, PartitionName partition) {
        return PeeringTrustBundle.newBuilder()
                .setTrustDomain(held.bundle().trustDomain().value())
                .setPeerName(held.peer().value())
                .setPartition(partition.external())
                .addAllRootPems(held.bundle().rootPems())
                .setExportedPartition(held.bundle().exportedPartition())
                .setCreateIndex(held.createIndex())
                .setModifyIndex(held.modifyIndex())
                .build();
    }

    /** Go's zero time stands for none. */
    private static @Nullable Instant instant(Timestamp wire) {
        Instant told = Instant.ofEpochSecond(wire.getSeconds(), wire.getNanos());
        return told.isAfter(Instant.EPOCH) ? told : null;
    }
}
