package dev.entente.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.engine.telemetry.Gauge;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.nio.NioEventLoopGroup;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallMetersTest {
    private final NioEventLoopGroup loops = new NioEventLoopGroup(1);
    private final Cluster cluster = new Cluster("11111111-2222-3333-4444-555555555555", loops).start();
    private final ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", cluster.plaintextPort)
            .usePlaintext()
            .build();

    @AfterEach
    void stop() {
        channel.shutdownNow();
        cluster.listeners.stop().await().indefinitely();
        loops.shutdownGracefully();
    }

    private List<String> gauges() {
        return cluster.meters.read().await().indefinitely().stream()
                .map(gauge -> gauge.name() + " " + (int) gauge.value())
                .toList();
    }

    private void eventually(String gauge) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(gauges()).contains(gauge));
    }

    @Test
    void callsStreamsAndConnectionsAreCountedAndKnownWhileTheyLast() {
        HealthGrpc.newBlockingStub(channel).check(HealthCheckRequest.getDefaultInstance());
        assertThat(gauges()).containsExactly("grpc.server.connections 1", "grpc.server.streams 0");

        ClientCall<HealthCheckRequest, HealthCheckResponse> watch =
                channel.newCall(HealthGrpc.getWatchMethod(), CallOptions.DEFAULT);
        watch.start(new ClientCall.Listener<>() {}, new Metadata());
        watch.sendMessage(HealthCheckRequest.getDefaultInstance());
        watch.halfClose();
        eventually("grpc.server.streams 1");
        watch.cancel("enough", null);
        eventually("grpc.server.streams 0");

        channel.shutdownNow();
        eventually("grpc.server.connections 0");
        assertThat(cluster.measured.counted)
                .containsExactly(
                        "grpc.server.connection.count{server_type=external}",
                        "grpc.server.request.count{server_type=external}",
                        "grpc.server.request.count{server_type=external}",
                        "grpc.server.stream.count{server_type=external}");
        assertThat(cluster.meters.read().await().indefinitely())
                .extracting(Gauge::labels)
                .allMatch(labels -> labels.get("server_type").equals("external"));
    }
}
