package dev.entente.grpc;

import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.access.Caller;
import dev.entente.engine.peering.Peerings;
import dev.entente.grpc.wire.peering.EstablishRequest;
import dev.entente.grpc.wire.peering.EstablishResponse;
import dev.entente.grpc.wire.peering.GenerateTokenRequest;
import dev.entente.grpc.wire.peering.GenerateTokenResponse;
import dev.entente.grpc.wire.peering.PeeringDeleteRequest;
import dev.entente.grpc.wire.peering.PeeringDeleteResponse;
import dev.entente.grpc.wire.peering.PeeringListRequest;
import dev.entente.grpc.wire.peering.PeeringListResponse;
import dev.entente.grpc.wire.peering.PeeringReadRequest;
import dev.entente.grpc.wire.peering.PeeringReadResponse;
import dev.entente.grpc.wire.peering.PeeringServiceGrpc;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.Function;

/**
 * The gRPC face of the peering use cases (protocol chapters 2.4 and 2.9); the same pipelines as behind {@code /v1/peering}. Writing a
 * peering directly, and trust bundles, are not offered here.
 */
final class PeeringDoor implements PeeringServiceGrpc.AsyncService {
    private final Peerings peerings;

    PeeringDoor(Peerings peerings) {
        this.peerings = peerings;
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

    private static <T> Uni<T> inPartition(String partition, Function<PartitionName, Uni<T>> call) {
        return PartitionName.parse(partition)
                .fold(
                        call,
                        refusal -> Uni.createFrom().failure(new dev.entente.domain.identity.RefusedException(refusal)));
    }

    private static GenerateTokenResponse token(String token) {
        return GenerateTokenResponse.newBuilder().setPeeringToken(token).build();
    }
}
