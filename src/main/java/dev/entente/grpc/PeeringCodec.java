package dev.entente.grpc;

import com.google.protobuf.Timestamp;
import dev.entente.domain.peering.PeeringState;
import dev.entente.engine.peering.Peerings;
import dev.entente.grpc.wire.peering.Peering;
import dev.entente.grpc.wire.peering.PeeringListResponse;
import dev.entente.grpc.wire.peering.PeeringReadResponse;
import dev.entente.grpc.wire.peering.RemoteInfo;
import dev.entente.grpc.wire.peering.StreamStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Peerings as the local gRPC API shows them (protocol chapter 2.4). */
final class PeeringCodec {
    private PeeringCodec() {}

    static PeeringReadResponse read(Peerings.Shown shown) {
        return PeeringReadResponse.newBuilder().setPeering(peering(shown)).build();
    }

    static PeeringListResponse list(List<Peerings.Shown> shown) {
        PeeringListResponse.Builder wire = PeeringListResponse.newBuilder();
        shown.forEach(each -> wire.addPeerings(peering(each)));
        return wire.build();
    }

    private static Peering peering(Peerings.Shown shown) {
        dev.entente.domain.peering.Peering peering = shown.peering().value();
        Peering.Builder wire = Peering.newBuilder()
                .setId(peering.id().value())
                .setName(peering.name().value())
                .setPartition(peering.partition().external())
                .putAllMeta(peering.meta())
                .setState(state(shown.status().shown(peering.state())))
                .setPeerId(peering.peerId())
                .addAllPeerCaPems(peering.caPems())
                .setPeerServerName(peering.serverName())
                .addAllPeerServerAddresses(peering.serverAddresses())
                .setCreateIndex(shown.peering().createIndex())
                .setModifyIndex(shown.peering().modifyIndex())
                .setStreamStatus(streamStatus(shown.status()))
                .setRemote(RemoteInfo.newBuilder()
                        .setPartition(peering.remote().partition())
                        .setDatacenter(peering.remote().datacenter()));
        Instant deletedAt = peering.deletedAt();
        if (deletedAt != null) {
            wire.setDeletedAt(timestamp(deletedAt));
        }
        return wire.build();
    }

    private static StreamStatus streamStatus(dev.entente.domain.peering.StreamStatus status) {
        StreamStatus.Builder wire = StreamStatus.newBuilder()
                .addAllImportedServices(orNone(status.imported()))
                .addAllExportedServices(orNone(status.exported()));
        if (status.lastHeartbeat() != null) {
            wire.setLastHeartbeat(timestamp(status.lastHeartbeat()));
        }
        if (status.lastReceive() != null) {
            wire.setLastReceive(timestamp(status.lastReceive()));
        }
        if (status.lastSend() != null) {
            wire.setLastSend(timestamp(status.lastSend()));
        }
        return wire.build();
    }

    private static List<String> orNone(@Nullable List<String> names) {
        return names == null ? List.of() : names;
    }

    private static dev.entente.grpc.wire.peering.PeeringState state(PeeringState state) {
        return switch (state) {
            case UNDEFINED -> dev.entente.grpc.wire.peering.PeeringState.UNDEFINED;
            case PENDING -> dev.entente.grpc.wire.peering.PeeringState.PENDING;
            case ESTABLISHING -> dev.entente.grpc.wire.peering.PeeringState.ESTABLISHING;
            case ACTIVE -> dev.entente.grpc.wire.peering.PeeringState.ACTIVE;
            case FAILING -> dev.entente.grpc.wire.peering.PeeringState.FAILING;
            case DELETING -> dev.entente.grpc.wire.peering.PeeringState.DELETING;
            case TERMINATED -> dev.entente.grpc.wire.peering.PeeringState.TERMINATED;
        };
    }

    private static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }
}
