package dev.entente.grpc;

import dev.entente.engine.port.DialTarget;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Calls of an ordinary client. */
record LocalCalls(EventLoopGroup loops) {

    <T> T inPlaintext(Cluster cluster, Function<ManagedChannel, T> call) {
        return with(
                NettyChannelBuilder.forAddress("127.0.0.1", cluster.plaintextPort)
                        .usePlaintext(),
                call);
    }

    String healthUnder(Cluster cluster, String serverName) throws Exception {
        DialTarget target = cluster.overTls();
        NettyChannelBuilder builder = NettyChannelBuilder.forTarget("dns:///" + target.address())
                .sslContext(GrpcSslContexts.forClient()
                        .trustManager(InsecureTrustManagerFactory.INSTANCE)
                        .endpointIdentificationAlgorithm("")
                        .build())
                .overrideAuthority(serverName);
        return with(builder, LocalCalls::health);
    }

    static String health(ManagedChannel channel) {
        try {
            return HealthGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(5, TimeUnit.SECONDS)
                    .check(HealthCheckRequest.getDefaultInstance())
                    .getStatus()
                    .name();
        } catch (StatusRuntimeException e) {
            return e.getMessage();
        }
    }

    private <T> T with(NettyChannelBuilder builder, Function<ManagedChannel, T> call) {
        ManagedChannel channel = builder.eventLoopGroup(loops)
                .channelType(NioSocketChannel.class)
                .build();
        try {
            return call.apply(channel);
        } finally {
            channel.shutdownNow();
        }
    }
}
