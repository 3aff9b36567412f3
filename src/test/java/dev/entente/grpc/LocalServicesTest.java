package dev.entente.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.Secret;
import dev.entente.domain.peering.SecretChange;
import dev.entente.engine.access.Caller;
import dev.entente.grpc.wire.peering.EstablishRequest;
import dev.entente.grpc.wire.peering.GenerateTokenRequest;
import dev.entente.grpc.wire.peering.Peering;
import dev.entente.grpc.wire.peering.PeeringDeleteRequest;
import dev.entente.grpc.wire.peering.PeeringListRequest;
import dev.entente.grpc.wire.peering.PeeringReadRequest;
import dev.entente.grpc.wire.peering.PeeringReadResponse;
import dev.entente.grpc.wire.peering.PeeringServiceGrpc;
import dev.entente.grpc.wire.peering.PeeringState;
import dev.entente.grpc.wire.peering.PeeringTrustBundle;
import dev.entente.grpc.wire.peering.PeeringWriteRequest;
import dev.entente.grpc.wire.peering.RemoteInfo;
import dev.entente.grpc.wire.peering.SecretsWriteRequest;
import dev.entente.grpc.wire.peering.TrustBundleListByServiceRequest;
import dev.entente.grpc.wire.peering.TrustBundleReadRequest;
import dev.entente.grpc.wire.peering.TrustBundleReadResponse;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.netty.channel.nio.NioEventLoopGroup;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator's tools reach on the plaintext port. */
class LocalServicesTest {
    private static final NioEventLoopGroup LOOPS = new NioEventLoopGroup(2);
    private static final Cluster CLUSTER = new Cluster("44444444-2222-3333-4444-555555555555", LOOPS).start();

    @BeforeEach
    void forgetCallers() {
        CLUSTER.callers.clear();
    }

    @AfterAll
    static void stop() {
        CLUSTER.listeners.stop().await().indefinitely();
        LOOPS.shutdownGracefully();
    }

    @Test
    void healthAnswers() {
        assertThat(plaintext(LocalCalls::health)).isEqualTo("SERVING");
    }

    @Test
    void reflectionListsTheServices() {
        assertThat(plaintext(LocalServicesTest::services))
                .contains(
                        "hashicorp.consul.internal.peerstream.PeerStreamService",
                        "hashicorp.consul.internal.peering.PeeringService",
                        "grpc.health.v1.Health",
                        "grpc.reflection.v1.ServerReflection");
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "x-consul-token"})
    void theTokenOfTheCallIsHandedOver(String key) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of(key, Metadata.ASCII_STRING_MARSHALLER), "s3cret");
        GenerateTokenRequest request = GenerateTokenRequest.newBuilder()
                .setPeerName("other")
                .addServerExternalAddresses("a:1")
                .build();

        String token = plaintext(channel -> PeeringServiceGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .generateToken(request)
                .getPeeringToken());

        assertThat(token).isEqualTo("token for other [a:1]");
        assertThat(CLUSTER.callers).containsExactly(new Caller(Optional.of(new Secret("s3cret"))));
    }

    @Test
    void aCallWithoutTokenIsAnonymous() {
        PeeringReadResponse read = plaintext(channel -> PeeringServiceGrpc.newBlockingStub(channel)
                .peeringRead(PeeringReadRequest.newBuilder().setName("x").build()));
        assertThat(read.hasPeering()).isFalse();
        plaintext(channel -> PeeringServiceGrpc.newBlockingStub(channel)
                .peeringDelete(PeeringDeleteRequest.newBuilder().setName("x").build()));

        assertThat(CLUSTER.callers).containsExactly(Caller.ANONYMOUS, Caller.ANONYMOUS);
    }

    @Test
    void refusalsAreTold() {
        Status status = failure(channel ->
                PeeringServiceGrpc.newBlockingStub(channel).establish(EstablishRequest.getDefaultInstance()));

        assertThat(status.getCode()).isEqualTo(Status.Code.UNKNOWN);
        assertThat(status.getDescription()).isEqualTo("peering token server addresses value is empty");
    }

    @Test
    void unexpectedFailuresAreNotTold() {
        Status status = failure(channel ->
                PeeringServiceGrpc.newBlockingStub(channel).peeringList(PeeringListRequest.getDefaultInstance()));

        assertThat(status.getCode()).isEqualTo(Status.Code.INTERNAL);
        assertThat(status.getDescription()).isEqualTo("internal error");
    }

    @Test
    void anInvalidPartitionIsRefused() {
        Status status = failure(channel -> PeeringServiceGrpc.newBlockingStub(channel)
                .peeringList(PeeringListRequest.newBuilder().setPartition("a b").build()));

        assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void aWriteNeedsABody() {
        Status status = failure(channel ->
                PeeringServiceGrpc.newBlockingStub(channel).peeringWrite(PeeringWriteRequest.getDefaultInstance()));

        assertThat(status.getCode()).isEqualTo(Status.Code.UNKNOWN);
        assertThat(status.getDescription()).isEqualTo("missing required peering body");
    }

    @Test
    void aWriteCarriesTheRecordAndTheStepOfItsSecrets() {
        PeeringWriteRequest request = PeeringWriteRequest.newBuilder()
                .setPeering(Peering.newBuilder()
                        .setName("far")
                        .setState(PeeringState.ESTABLISHING)
                        .putMeta("k", "v")
                        .setPeerId("p")
                        .addPeerServerAddresses("a:1")
                        .setRemote(RemoteInfo.newBuilder().setDatacenter("dc2")))
                .setSecretsRequest(SecretsWriteRequest.newBuilder()
                        .setEstablish(SecretsWriteRequest.EstablishRequest.newBuilder()
                                .setActiveStreamSecret("s")))
                .build();

        plaintext(channel -> PeeringServiceGrpc.newBlockingStub(channel).peeringWrite(request));

        dev.entente.domain.peering.Peering written = CLUSTER.written.remove();
        assertThat(written.name().value()).isEqualTo("far");
        assertThat(written.state()).isEqualTo(dev.entente.domain.peering.PeeringState.ESTABLISHING);
        assertThat(written.meta()).containsExactly(java.util.Map.entry("k", "v"));
        assertThat(written.peerId()).isEqualTo("p");
        assertThat(written.serverAddresses()).containsExactly("a:1");
        assertThat(written.remote().datacenter()).isEqualTo("dc2");
        assertThat(CLUSTER.secretChanges.remove()).isEqualTo(new SecretChange.Established(new Secret("s")));
    }

    @Test
    void aTrustBundleIsReadUnderTheLocalNameOfThePeer() {
        TrustBundleReadResponse found = plaintext(channel -> PeeringServiceGrpc.newBlockingStub(channel)
                .trustBundleRead(
                        TrustBundleReadRequest.newBuilder().setName("far").build()));
        TrustBundleReadResponse missing = plaintext(channel -> PeeringServiceGrpc.newBlockingStub(channel)
                .trustBundleRead(
                        TrustBundleReadRequest.newBuilder().setName("near").build()));

        assertThat(found.getIndex()).isEqualTo(9);
        assertThat(found.getBundle())
                .isEqualTo(PeeringTrustBundle.newBuilder()
                        .setTrustDomain("far.consul")
                        .setPeerName("far")
                        .addRootPems("pem")
                        .setCreateIndex(3)
                        .setModifyIndex(7)
                        .build());
        assertThat(missing.hasBundle()).isFalse();
    }

    @Test
    void trustBundlesAreListedForAService() {
        assertThat(plaintext(channel -> PeeringServiceGrpc.newBlockingStub(channel)
                                .trustBundleListByService(TrustBundleListByServiceRequest.newBuilder()
                                        .setServiceName("api")
                                        .build()))
                        .getBundlesList())
                .extracting(PeeringTrustBundle::getPeerName)
                .containsExactly("far");
        assertThat(failure(channel -> PeeringServiceGrpc.newBlockingStub(channel)
                                .trustBundleListByService(TrustBundleListByServiceRequest.getDefaultInstance()))
                        .getDescription())
                .isEqualTo("missing service name");
    }

    @Test
    void aPortThatIsOffStaysClosed() {
        GrpcListeners listeners = new GrpcListeners(LOOPS, CLUSTER, CLUSTER.api(), new StreamCodec(), CLUSTER.meters);

        assertThat(listeners
                        .startPlaintext(new GrpcBinding(List.of(), -1))
                        .await()
                        .indefinitely())
                .isEqualTo(-1);
    }

    @Test
    void aPortInUseIsAFailureThatNamesIt() {
        GrpcListeners listeners = new GrpcListeners(LOOPS, CLUSTER, CLUSTER.api(), new StreamCodec(), CLUSTER.meters);
        GrpcBinding taken = new GrpcBinding(List.of("127.0.0.1"), CLUSTER.plaintextPort);

        Throwable failure = catchThrowableOfType(
                RuntimeException.class,
                () -> listeners.startPlaintext(taken).await().indefinitely());

        assertThat(failure).hasMessageContaining(String.valueOf(CLUSTER.plaintextPort));
    }

    @ParameterizedTest
    @CsvSource({
        "BAD_REQUEST,INVALID_ARGUMENT",
        "NOT_FOUND,NOT_FOUND",
        "INVALID,UNKNOWN",
        "INVALID_ARGUMENT,INVALID_ARGUMENT",
        "FAILED_PRECONDITION,FAILED_PRECONDITION",
        "PERMISSION_DENIED,PERMISSION_DENIED",
        "ABORTED,ABORTED",
        "INTERNAL,INTERNAL",
        "UNAVAILABLE,UNAVAILABLE"
    })
    void eachKindOfRefusalHasItsCode(Refusal.Kind kind, Status.Code code) {
        assertThat(GrpcStatuses.code(kind)).isEqualTo(code);
    }

    private static <T> T plaintext(Function<ManagedChannel, T> call) {
        return new LocalCalls(LOOPS).inPlaintext(CLUSTER, call);
    }

    private static Status failure(Function<ManagedChannel, ?> call) {
        return catchThrowableOfType(StatusRuntimeException.class, () -> plaintext(call::apply))
                .getStatus();
    }

    private static List<String> services(ManagedChannel channel) {
        CompletableFuture<List<String>> names = new CompletableFuture<>();
        StreamObserver<ServerReflectionRequest> asking = ServerReflectionGrpc.newStub(channel)
                .serverReflectionInfo(new StreamObserver<>() {
                    @Override
                    public void onNext(ServerReflectionResponse response) {
                        names.complete(response.getListServicesResponse().getServiceList().stream()
                                .map(ServiceResponse::getName)
                                .toList());
                    }

                    @Override
                    public void onError(Throwable failure) {
                        names.completeExceptionally(failure);
                    }

                    @Override
                    public void onCompleted() {}
                });
        asking.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
        try {
            return names.get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("reflection did not answer", e);
        }
    }
}
