package dev.entente.checks;

import dev.entente.domain.catalog.CheckDefinition;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Well when the standard health service of gRPC says that a server, or one service of it, is serving. */
final class GrpcProbe implements Probe {
    private final CheckDefinition run;
    private final String server;
    private final String service;

    /** Takes the target as {@code host:port} or {@code host:port/service}. */
    GrpcProbe(CheckDefinition run) {
        this.run = run;
        int slash = run.grpc().indexOf('/');
        server = slash < 0 ? run.grpc() : run.grpc().substring(0, slash);
        service = slash < 0 ? "" : run.grpc().substring(slash + 1);
    }

    @Override
    public Future<ProbeResult> run() {
        Optional<Target> target = Target.parse(server);
        if (target.isEmpty()) {
            return Future.succeededFuture(
                    ProbeResult.critical("dial tcp: address " + server + ": missing port in address"));
        }
        try {
            return ask(channel(target.get()));
        } catch (SSLException e) {
            return Future.succeededFuture(ProbeResult.critical(Failures.message(e)));
        }
    }

    private Future<ProbeResult> ask(ManagedChannel channel) {
        Promise<ProbeResult> promise = Promise.promise();
        Duration timeout = run.timeout().isZero() ? Timed.DEFAULT_TIMEOUT : run.timeout();
        HealthGrpc.newStub(channel)
                .withDeadlineAfter(timeout.toNanos(), TimeUnit.NANOSECONDS)
                .check(HealthCheckRequest.newBuilder().setService(service).build(), new Answer(promise));
        return promise.future().onComplete(result -> channel.shutdownNow());
    }

    private ManagedChannel channel(Target target) throws SSLException {
        NettyChannelBuilder builder =
                NettyChannelBuilder.forAddress(target.host(), target.port()).directExecutor();
        if (!run.grpcUseTls()) {
            return builder.usePlaintext().build();
        }
        if (!run.tlsServerName().isEmpty()) {
            builder.overrideAuthority(run.tlsServerName());
        }
        return builder.sslContext(tls()).build();
    }

    private SslContext tls() throws SSLException {
        SslContextBuilder context = GrpcSslContexts.forClient();
        return (run.tlsSkipVerify() ? context.trustManager(InsecureTrustManagerFactory.INSTANCE) : context).build();
    }

    private final class Answer implements StreamObserver<HealthCheckResponse> {
        private final Promise<ProbeResult> promise;

        Answer(Promise<ProbeResult> promise) {
            this.promise = promise;
        }

        @Override
        public void onNext(HealthCheckResponse response) {
            promise.tryComplete(
                    response.getStatus() == ServingStatus.SERVING
                            ? ProbeResult.passing("gRPC check " + run.grpc() + ": success")
                            : ProbeResult.critical("gRPC " + run.grpc() + " serving status: " + response.getStatus()));
        }

        @Override
        public void onError(Throwable failure) {
            promise.tryComplete(ProbeResult.critical(text(Status.fromThrowable(failure))));
        }

        @Override
        public void onCompleted() {
            promise.tryComplete(ProbeResult.critical("rpc error: code = Internal desc = no answer"));
        }
    }

    private String text(Status status) {
        Throwable cause = status.getCause();
        String description = status.getDescription() == null ? "" : status.getDescription();
        if (cause != null && Failures.isDialing(cause)) {
            description = "connection error: desc = \"transport: Error while dialing "
                    + Failures.dialing("tcp", server, cause) + "\"";
        }
        return "rpc error: code = " + codeName(status.getCode()) + " desc = " + description;
    }

    /** {@code DEADLINE_EXCEEDED} as {@code DeadlineExceeded}. */
    private static String codeName(Status.Code code) {
        return Stream.of(code.name().split("_", -1))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }
}
