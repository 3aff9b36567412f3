package dev.entente.grpc;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import dev.entente.engine.access.Caller;
import dev.entente.engine.peering.PeeringRecords;
import dev.entente.engine.peering.Peerings;
import dev.entente.grpc.wire.peering.EstablishRequest;
import dev.entente.grpc.wire.peering.EstablishResponse;
import dev.entente.grpc.wire.peering.GenerateTokenRequest;
import dev.entente.grpc.wire.peering.GenerateTokenResponse;
import dev.entente.grpc.wire.peering.Peering;
import dev.entente.grpc.wire.peering.PeeringDeleteRequest;
import dev.entente.grpc.wire.peering.PeeringDeleteResponse;
import dev.entente.grpc.wire.peering.PeeringListRequest;
import dev.entente.grpc.wire.peering.PeeringListResponse;
import dev.entente.grpc.wire.peering.PeeringReadRequest;
import dev.entente.grpc.wire.peering.PeeringReadResponse;
import dev.entente.grpc.wire.peering.PeeringServiceGrpc;
import dev.entente.grpc.wire.peering.PeeringWriteRequest;
import dev.entente.grpc.wire.peering.PeeringWriteResponse;
import dev.entente.grpc.wire.peering.TrustBundleListByServiceRequest;
import dev.entente.grpc.wire.peering.TrustBundleListByServiceResponse;
import dev.entente.grpc.wire.peering.TrustBundleReadRequest;
import dev.entente.grpc.wire.peering.TrustBundleReadResponse;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.Function;

/**
 * The gRPC face of the peering use cases (protocol chapters 2.4 and 2.9): the same pipelines as behind {@code /v1/peering}, and the
 * calls that only servers and proxies make.
 */
final class PeeringDoor implements PeeringServiceGrpc.AsyncService {
    private final Peerings peerings;
    private final PeeringRecords records;

    PeeringDoor(Peerings peerings, PeeringRecords records) {
        this.peerings = peerings;
        this.records = records;
    }

    ServerServiceDefinition definition() {
        return ServerInterceptors.intercept(PeeringServiceGrpc.bindService(this), new PresentedToken());
    }

    @Override
    public void generateToken(GenerateTokenRequest request, StreamObserver<GenerateTokenResponse> caller) {
        Peerings.GenerateToken command = new Peerings.GenerateToken(
                request.getPartition(),
                request.getPeerName(),
                request.getMetaMap(),
                List.copyOf(request.getServerExternalAddressesList()));
        UnaryAnswer.send(
                peerings.generateToken(PresentedToken.caller(), command).map(PeeringDoor::token), caller);
    }

    @Override
    public void establish(EstablishRequest request, StreamObserver<EstablishResponse> caller) {
        Peerings.Establish command = new Peerings.Establish(
                request.getPartition(), request.getPeerName(), request.getPeeringToken(), request.getMetaMap());
        UnaryAnswer.send(
                peerings.establish(PresentedToken.caller(), command)
                        .replaceWith(EstablishResponse.getDefaultInstance()),
                caller);
    }

    @Override
    public void peeringRead(PeeringReadRequest request, StreamObserver<PeeringReadResponse> caller) {
        Caller who = PresentedToken.caller();
        UnaryAnswer.send(
                inPartition(request.getPartition(), partition -> peerings.read(who, partition, request.getName()))
                        .map(found -> found.map(PeeringCodec::read).orElseGet(PeeringReadResponse::getDefaultInstance)),
                caller);
    }

    @Override
    public void peeringList(PeeringListRequest request, StreamObserver<PeeringListResponse> caller) {
        Caller who = PresentedToken.caller();
        UnaryAnswer.send(
                inPartition(request.getPartition(), partition -> peerings.list(who, partition))
                        .map(PeeringCodec::list),
                caller);
    }

    @Override
    public void peeringDelete(PeeringDeleteRequest request, StreamObserver<PeeringDeleteResponse> caller) {
        Caller who = PresentedToken.caller();
        UnaryAnswer.send(
                inPartition(request.getPartition(), partition -> peerings.delete(who, partition, request.getName()))
                        .replaceWith(PeeringDeleteResponse.getDefaultInstance()),
                caller);
    }

    @Override
    public void peeringWrite(PeeringWriteRequest request, StreamObserver<PeeringWriteResponse> caller) {
        Caller who = PresentedToken.caller();
        UnaryAnswer.send(write(who, request).replaceWith(PeeringWriteResponse.getDefaultInstance()), caller);
    }

    private Uni<Void> write(Caller who, PeeringWriteRequest request) {
        if (!request.hasPeering()) {
            return Uni.createFrom().failure(new RefusedException(Refusal.invalid("missing required peering body")));
        }
        Peering wanted = request.getPeering();
        return records.write(
                who,
                wanted.getPartition(),
                (partition, id) -> PeeringRecordCodec.record(wanted, partition, id),
                PeeringRecordCodec.secrets(request.getSecretsRequest()));
    }

    @Override
    public void trustBundleRead(TrustBundleReadRequest request, StreamObserver<TrustBundleReadResponse> caller) {
        Caller who = PresentedToken.caller();
        UnaryAnswer.send(
                inPartition(
                        request.getPartition(),
                        partition -> records.trustBundle(who, request.getPartition(), request.getName())
                                .map(found -> PeeringRecordCodec.read(found, partition))),
                caller);
    }

    @Override
    public void trustBundleListByService(
            TrustBundleListByServiceRequest request, StreamObserver<TrustBundleListByServiceResponse> caller) {
        Caller who = PresentedToken.caller();
        PeeringRecords.BundlesQuery query = new PeeringRecords.BundlesQuery(
                request.getServiceName(), request.getNamespace(), request.getPartition(), request.getKind());
        UnaryAnswer.send(
                inPartition(
                        request.getPartition(),
                        partition -> records.trustBundles(who, query)
                                .map(found -> PeeringRecordCodec.list(found, partition))),
                caller);
    }

    private static <T> Uni<T> inPartition(String partition, Function<PartitionName, Uni<T>> call) {
        return PartitionName.parse(partition)
                .fold(call, refusal -> Uni.createFrom().failure(new RefusedException(refusal)));
    }

    private static GenerateTokenResponse token(String token) {
        return GenerateTokenResponse.newBuilder().setPeeringToken(token).build();
    }
}
