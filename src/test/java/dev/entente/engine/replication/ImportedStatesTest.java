package dev.entente.engine.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.CheckDefinition;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.peering.PeeringState;
import dev.entente.engine.port.Keys;
import dev.entente.engine.port.RecordKind;
import dev.entente.engine.port.ServiceRecord;
import dev.entente.fake.VirtualLoop;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the importer holds after each kind of change at the exporter (protocol chapters 4.2 to 4.4). */
class ImportedStatesTest {
    private static final String ADDRESS = "10.0.0.1:8503";
    private static final PeerName PEER = new PeerName("to-dc1");

    private final VirtualLoop time = new VirtualLoop();
    private final TestNetwork network = new TestNetwork(time);
    private final TestCluster dc1 = new TestCluster("dc1", time);
    private final TestCluster dc2 = new TestCluster("dc2", time);
    private final TestReplica acceptor = dc1.replica("a1", network);
    private final TestReplica dialer = dc2.replica("d1", network);

    @BeforeEach
    void peer() {
        network.listen(ADDRESS, acceptor.sessions);
        dc1.servers(ADDRESS);
        dc1.export("to-dc2", "web", "api");
        dc1.acceptFrom(dc2, ADDRESS);
        dialer.supervisor.start();
        instance("n1", "web", "web-1");
        instance("n1", "web", "web-2");
        instance("n1", "api", "api-1");
        pass();
    }

    private void pass() {
        time.advance(Duration.ofMillis(500));
    }

    private void instance(String node, String service, String id) {
        dc1.change(RecordKind.NODE, Keys.node(node), new Node("", node, "10.0.0.1", "dc1", Map.of(), Map.of()));
        dc1.change(
                RecordKind.SERVICE, Keys.service(node, id), new ServiceRecord(node, Service.typical(id, service, 80)));
    }

    private void check(String node, String id, String serviceId, String service, String status) {
        dc1.change(
                RecordKind.CHECK,
                Keys.check(node, id),
                new Check(
                        node,
                        id,
                        id,
                        status,
                        "",
                        "",
                        serviceId,
                        service,
                        List.of(),
                        "ttl",
                        "",
                        "",
                        0,
                        CheckDefinition.NONE));
    }

    private void remove(String node, String id) {
        dc1.remove(RecordKind.SERVICE, Keys.service(node, id));
        pass();
    }

    private List<String> ids(String service) {
        return dialer.imported("to-dc1", service).stream()
                .map(instance -> instance.node().value().name() + "/"
                        + instance.service().value().id())
                .toList();
    }

    private List<String> nodes() {
        return dialer.view.defaultPartition().nodes(PEER).value().stream()
                .map(node -> node.value().name())
                .toList();
    }

    @Test
    void twoInstancesOnOneNodeAreBothKeptUnderThePeer() {
        assertThat(ids("web")).containsExactly("n1/web-1", "n1/web-2");
        assertThat(dialer.view.defaultPartition().service(null, "web").value().instances())
                .isEmpty();
    }

    @Test
    void instancesOnTwoNodesAreKeptOnTheirNodes() {
        instance("n2", "web", "web-3");
        pass();

        assertThat(ids("web")).containsExactly("n1/web-1", "n1/web-2", "n2/web-3");
        assertThat(nodes()).containsExactly("n1", "n2");
    }

    @Test
    void aServiceWithoutInstancesIsForgottenThoughItIsStillExported() {
        remove("n1", "web-1");
        remove("n1", "web-2");

        assertThat(ids("web")).isEmpty();
        assertThat(dialer.view.defaultPartition().serviceNames(PEER).value()).containsOnlyKeys("api");
        assertThat(dc1.status("to-dc2").exported()).containsExactly("api", "web");
    }

    @Test
    void aNodeStaysWhileAnotherServiceIsOnIt() {
        remove("n1", "api-1");

        assertThat(ids("api")).isEmpty();
        assertThat(nodes()).containsExactly("n1");
        remove("n1", "web-1");
        remove("n1", "web-2");
        assertThat(nodes()).isEmpty();
    }

    @Test
    void anUnexportedServiceLeavesTheOthersAlone() {
        dc1.export("to-dc2", "api");
        pass();

        assertThat(ids("web")).isEmpty();
        assertThat(ids("api")).containsExactly("n1/api-1");
        assertThat(nodes()).containsExactly("n1");
    }

    @Test
    void theCheckOfAnInstanceGoesWithTheLastCheckOfItsServiceOrNode() {
        check("n1", "node-check", "", "", "passing");
        check("n1", "web-check", "web-1", "web", "critical");
        pass();
        assertThat(dialer.statuses("to-dc1", "web")).containsExactly("critical", "passing");

        dc1.remove(RecordKind.CHECK, Keys.check("n1", "web-check"));
        pass();
        assertThat(dialer.statuses("to-dc1", "web")).containsExactly("passing", "passing");

        dc1.remove(RecordKind.CHECK, Keys.check("n1", "node-check"));
        pass();
        assertThat(dialer.statuses("to-dc1", "web")).isEmpty();
        assertThat(ids("web")).hasSize(2);
    }

    @Test
    void aReplacedInstanceLeavesNothingOfTheOldOne() {
        dc1.remove(RecordKind.SERVICE, Keys.service("n1", "web-2"));
        instance("n1", "web", "web-9");
        pass();

        assertThat(ids("web")).containsExactly("n1/web-1", "n1/web-9");
    }

    @Test
    void aNewRootReachesThePeerBesideTheOldOne() {
        dc1.rotateRoots();
        pass();

        assertThat(dialer.view
                        .defaultPartition()
                        .trustBundle(PEER)
                        .value()
                        .orElseThrow()
                        .value()
                        .rootPems())
                .containsExactly("pem of dc1", "new pem of dc1");
    }

    @Test
    void theListsOfBothSidesFollowEachChange() {
        assertLists("api", "web");
        dc1.export("to-dc2", "*");
        instance("n1", "late", "late-1");
        pass();
        assertLists("api", "late", "web");
        dc1.export("to-dc2", "late");
        pass();
        assertLists("late");
        dc1.export("to-dc2");
        pass();
        assertLists();
    }

    private void assertLists(String... names) {
        assertThat(dc1.status("to-dc2").exported()).containsExactly(names);
        assertThat(dc2.status("to-dc1").imported()).containsExactly(names);
    }

    @Test
    void aDialerComesBackAfterItsAcceptorWasGoneAndDataFlowsAgain() {
        network.silence(ADDRESS);
        network.lastDialed().cut();
        pass();
        assertThat(dc2.status("to-dc1").shown(PeeringState.ESTABLISHING)).isEqualTo(PeeringState.FAILING);
        remove("n1", "web-2");
        assertThat(ids("web")).hasSize(2);

        network.listen(ADDRESS, acceptor.sessions);
        time.advance(Duration.ofSeconds(10));

        assertThat(dc2.status("to-dc1").shown(PeeringState.ESTABLISHING)).isEqualTo(PeeringState.ACTIVE);
        assertThat(ids("web")).containsExactly("n1/web-1");
    }
}
