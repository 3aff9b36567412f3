package dev.entente.engine.peering;

import static dev.entente.contract.Samples.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.catalog.Connect;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Proxy;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.catalog.ServiceAddress;
import dev.entente.domain.catalog.Weights;
import dev.entente.domain.config.MeshEntry;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.Secret;
import dev.entente.engine.access.Caller;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.Keys;
import dev.entente.engine.port.RecordKind;
import dev.entente.engine.port.ServiceRecord;
import dev.entente.engine.port.StreamEnd;
import dev.entente.engine.port.StreamEndException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MeshGatewaysTest {
    private final PeeringWorld world = new PeeringWorld("ours");
    private final MeshGateways gateways = new MeshGateways(world.view);
    private final ServerAddresses addresses = new ServerAddresses(world.view);

    @BeforeEach
    void aServer() {
        world.server("one", Map.of(), Map.of("grpc_tls_port", "8503"));
    }

    private void through(Boolean gatewaysAreTheWay) {
        publish(Change.upsert(
                RecordKind.CONFIG_ENTRY,
                Keys.configEntry(MeshEntry.KIND, MeshEntry.NAME),
                9,
                9,
                new MeshEntry(false, null, null, gatewaysAreTheWay, Map.of())));
    }

    private void gateway(String node, String address, Map<String, ServiceAddress> tagged, Map<String, String> ofNode) {
        gateway(node, "mesh-gateway", address, tagged, ofNode);
    }

    private void gateway(
            String node, String name, String address, Map<String, ServiceAddress> tagged, Map<String, String> ofNode) {
        publish(Change.upsert(RecordKind.NODE, node, 2, 2, new Node("", node, "10.0.0.9", "dc1", ofNode, Map.of())));
        Service service = new Service(
                Service.MESH_GATEWAY,
                "gw",
                name,
                List.of(),
                address,
                tagged,
                Map.of(),
                8443,
                "",
                Weights.DEFAULT,
                false,
                Proxy.NONE,
                Connect.NONE);
        publish(Change.upsert(RecordKind.SERVICE, Keys.service(node, "gw"), 3, 3, new ServiceRecord(node, service)));
    }

    private void publish(Change change) {
        await(world.view.publish(PartitionName.DEFAULT, List.of(change)));
    }

    @Test
    void serversAreDialedDirectlyUnlessTheEntrySaysOtherwise() {
        gateway("g", "1.2.3.4", Map.of(), Map.of());
        through(false);

        assertThat(addresses.own().orThrow()).containsExactly("10.0.0.1:8503");
        assertThat(gateways.before(List.of("a:1"))).containsExactly("a:1");
    }

    @Test
    void theBestFarAddressOfEachGatewayStandsForTheServers() {
        through(true);
        gateway("g1", "1.1.1.1", Map.of("wan", new ServiceAddress("5.5.5.5", 443)), Map.of());
        gateway("g2", "1.1.1.2", Map.of(), Map.of("wan", "6.6.6.6"));
        gateway("g3", "", Map.of(), Map.of("wan", "fe80::1"));
        gateway("g4", "", Map.of(), Map.of());

        List<String> expected = List.of("5.5.5.5:443", "1.1.1.2:8443", "[fe80::1]:8443", "10.0.0.9:8443");
        assertThat(addresses.own().orThrow()).isEqualTo(expected);
    }

    @Test
    void theKindMakesAGatewayAndNotTheName() {
        through(true);
        gateway("g3", "edge", "1.1.1.3", Map.of(), Map.of());
        gateway("g1", "mesh-gateway", "1.1.1.1", Map.of(), Map.of());
        gateway("g2", "edge", "1.1.1.2", Map.of(), Map.of());
        publish(Change.upsert(
                RecordKind.SERVICE,
                Keys.service("g1", "plain"),
                3,
                3,
                new ServiceRecord("g1", Service.typical("plain", "mesh-gateway", 80))));

        assertThat(addresses.own().orThrow()).containsExactly("1.1.1.1:8443", "1.1.1.2:8443", "1.1.1.3:8443");
    }

    @Test
    void gatewaysAreTriedBeforeThePeersOwnAddresses() {
        through(true);
        gateway("g1", "1.1.1.1", Map.of("wan", new ServiceAddress("5.5.5.5", 443)), Map.of());
        gateway("g2", "", Map.of(), Map.of("wan", "6.6.6.6"));

        assertThat(gateways.before(List.of("a:1", "b:2")))
                .as("from within the cluster they are near")
                .containsExactly("1.1.1.1:8443", "10.0.0.9:8443", "a:1", "b:2");
    }

    @Test
    void aSecretIsExchangedThroughGatewaysOnceTheyHadTimeToLearnOfThePeer() {
        through(true);
        gateway("g1", "1.1.1.1", Map.of(), Map.of());
        world.peer = secret -> world.dialed.size() < 2
                ? Uni.createFrom().failure(new StreamEndException(new StreamEnd(StreamEnd.UNAVAILABLE, "refused")))
                : Uni.createFrom().item(new Secret("theirs"));

        UniAssertSubscriber<Void> call = world.peerings()
                .establish(
                        Caller.ANONYMOUS,
                        new Peerings.Establish("", "far", PeeringWorld.tokenOf("theirs", "a:1"), Map.of()))
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());
        world.loop.advance(Duration.ofMillis(349));
        assertThat(world.dialed).isEmpty();
        world.loop.advance(Duration.ofMillis(1));
        assertThat(world.dialed).containsExactly("1.1.1.1:8443");

        world.loop.advance(Duration.ofMillis(200));
        call.assertCompleted();
        assertThat(world.dialed).containsExactly("1.1.1.1:8443", "a:1");
    }

    @Test
    void withoutAGatewayThereIsNoAddressToTell() {
        through(true);

        assertThat(addresses.own().fold(known -> "", Refusal::text))
                .isEqualTo("servers are configured to PeerThroughMeshGateways, but no mesh gateway instances are"
                        + " registered");
    }
}
