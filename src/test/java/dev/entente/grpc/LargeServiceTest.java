package dev.entente.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.CheckDefinition;
import dev.entente.domain.catalog.ImportedInstance;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.stream.Resource;
import dev.entente.domain.stream.ResourceType;
import dev.entente.domain.stream.StreamMessage;
import dev.entente.engine.port.StreamLink;
import io.netty.channel.nio.NioEventLoopGroup;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A service of 5,000 instances in one message, over TLS. */
class LargeServiceTest {
    private static final NioEventLoopGroup LOOPS = new NioEventLoopGroup(2);
    private static final Cluster ACCEPTOR = new Cluster("55555555-2222-3333-4444-555555555555", LOOPS).start();
    private static final int INSTANCES = 5_000;

    @AfterAll
    static void stop() {
        ACCEPTOR.listeners.stop().await().indefinitely();
        LOOPS.shutdownGracefully();
    }

    /** As an agent registers them: a node with id and addresses, a service with tags and meta, one flattened check. */
    static StreamMessage service(int instances, int meta) {
        ResourceType type = ResourceType.EXPORTED_SERVICE;
        Resource content = new Resource.ExportedService(
                IntStream.range(0, instances).mapToObj(i -> instance(i, meta)).toList());
        return new StreamMessage.Response(
                "00000001", type.url(), "web", 1, new StreamMessage.Payload(type.url(), content));
    }

    private static ImportedInstance instance(int number, int meta) {
        String node = "node-" + number + ".example.internal";
        String address = "10.1." + number / 250 + "." + number % 250;
        Service service = Service.typical("web-" + number, "web", 8080);
        Map<String, String> metadata = Map.of("version", "1.2.3", "filling", "x".repeat(meta));
        return new ImportedInstance(
                new Node(
                        new UUID(7, number).toString(),
                        node,
                        address,
                        "dc1",
                        Map.of("lan", address, "wan", address, "lan_ipv4", address),
                        metadata),
                service,
                List.of(check(node, service)));
    }

    private static Check check(String node, Service service) {
        return new Check(
                node,
                service.id() + ":overall-check",
                "overall-check",
                Check.PASSING,
                "",
                "",
                service.id(),
                service.name(),
                List.of(),
                "",
                "",
                "",
                0,
                CheckDefinition.NONE);
    }

    @Test
    void itCrossesInBothDirectionsBetweenOurClusters() throws Exception {
        RecordingListener heard = new RecordingListener();
        StreamLink dialed = new GrpcPeerDialer(LOOPS, new StreamCodec()).open(ACCEPTOR.overTls(), heard);
        dialed.send(new StreamMessage.Heartbeat());
        Cluster.Accepted accepted = ACCEPTOR.nextStream();
        accepted.link().request();
        accepted.heard().awaitMessages(1);
        StreamMessage large = service(INSTANCES, 2000);
        assertThat(new StreamCodec().sizeOf(large)).isGreaterThan(10 * 1024 * 1024);

        accepted.link().request();
        dialed.send(large);
        dialed.request();
        accepted.link().send(large);

        assertThat(accepted.heard().awaitMessages(2)).endsWith(large);
        assertThat(heard.awaitMessages(1)).containsExactly(large);
    }

    @Test
    void ofUsualSizeItIsSmallEnoughForADialerOfTheFirstReleases() {
        assertThat(new StreamCodec().sizeOf(service(INSTANCES, 100))).isLessThan(Limits.MAX_MESSAGE_TO_CONSUL_DIALER);
    }
}
