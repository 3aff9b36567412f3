package dev.entente.engine.view;

import static dev.entente.engine.view.Entries.ALPHA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Connect;
import dev.entente.domain.catalog.Proxy;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.catalog.Weights;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.PeeringId;
import dev.entente.engine.port.PeerScope;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PartitionTablesTest {
    private static final PeerName PEER = ALPHA.name();

    private final PartitionTables tables = new PartitionTables(PartitionName.DEFAULT);

    @Test
    void aServiceShowsItsInstancesByNodeThenIdWithNodeChecksFirst() {
        tables.apply(List.of(
                Entries.nodeAt(1, "b"),
                Entries.nodeAt(2, "a"),
                Entries.serviceAt(3, "b", Service.typical("web-1", "web", 80)),
                Entries.serviceAt(4, "a", Service.typical("web-2", "web", 80)),
                Entries.checkAt(5, Entries.check("a", "zz-node", "", Check.PASSING)),
                Entries.checkAt(6, Entries.check("a", "aa-own", "web-2", Check.PASSING))));

        Found<ServiceInstances> found = tables.service(null, "web");

        assertThat(found.value().instances())
                .extracting(instance -> instance.service().value().id())
                .containsExactly("web-2", "web-1");
        assertThat(found.value().instances().get(0).checks())
                .extracting(check -> check.value().id())
                .containsExactly("zz-node", "aa-own");
        assertThat(found.index()).isEqualTo(6);
    }

    @Test
    void listsAreInTheOrderOfNamesWithoutCase() {
        tables.apply(List.of(
                Entries.nodeAt(1, "Beta"),
                Entries.nodeAt(2, "alpha"),
                Entries.serviceAt(3, "Beta", Service.typical("x", "web", 1)),
                Entries.serviceAt(4, "Beta", Service.typical("Y", "web", 1)),
                Entries.serviceAt(5, "alpha", Service.typical("z", "web", 1)),
                Entries.checkAt(6, Entries.check("Beta", "j", "", Check.PASSING)),
                Entries.checkAt(7, Entries.check("Beta", "K", "x", Check.PASSING))));

        assertThat(tables.nodes(null).value())
                .extracting(node -> node.value().name())
                .containsExactly("alpha", "Beta");
        assertThat(tables.service(null, "web").value().instances())
                .extracting(instance -> instance.service().value().id())
                .containsExactly("z", "x", "Y");
        assertThat(tables.checksInState(null, "any").value())
                .extracting(check -> check.value().id())
                .containsExactly("j", "K");
        assertThat(tables.contents(null).value())
                .extracting(node -> node.node().value().name())
                .containsExactly("alpha", "Beta");
    }

    @Test
    void aReportChangesOnlyTheServiceOfItsCheck() {
        tables.apply(List.of(
                Entries.nodeAt(1, "a"),
                Entries.serviceAt(2, "a", Service.typical("web", "web", 80)),
                Entries.serviceAt(3, "a", Service.typical("db", "db", 80)),
                Entries.checkAt(4, Entries.check("a", "c", "web", Check.PASSING))));

        Set<Topic> changed = tables.apply(List.of(Entries.reportAt(5, "a", "c", Check.CRITICAL)));

        assertThat(tables.service(null, "web").index()).isEqualTo(5);
        assertThat(tables.service(null, "db").index()).isEqualTo(3);
        assertThat(changed).contains(Topic.service(null, "web")).doesNotContain(Topic.service(null, "db"));
    }

    @Test
    void aNodeCheckTouchesEveryServiceOfItsNode() {
        tables.apply(List.of(
                Entries.nodeAt(1, "a"),
                Entries.serviceAt(2, "a", Service.typical("web", "web", 80)),
                Entries.serviceAt(3, "a", Service.typical("db", "db", 80))));

        tables.apply(List.of(Entries.checkAt(4, Entries.check("a", "serfHealth", "", Check.CRITICAL))));

        assertThat(tables.service(null, "web").index()).isEqualTo(4);
        assertThat(tables.service(null, "db").index()).isEqualTo(4);
    }

    @Test
    void meshGatewaysAreFoundByTheirKindAndTheirChangesTold() {
        Topic gateways = Topic.of(Topic.Subject.MESH_GATEWAYS, null);
        Service gateway = new Service(
                Service.MESH_GATEWAY,
                "gw",
                "edge",
                List.of(),
                "",
                Map.of(),
                Map.of(),
                8443,
                "",
                Weights.DEFAULT,
                false,
                Proxy.NONE,
                Connect.NONE);
        tables.apply(List.of(
                Entries.nodeAt(1, "a"),
                Entries.serviceAt(2, "a", Service.typical("web", "web", 80)),
                Entries.checkAt(3, Entries.check("a", "c", "gw", Check.PASSING))));
        assertThat(tables.meshGateways()).isEmpty();

        assertThat(tables.apply(List.of(Entries.serviceAt(4, "a", gateway)))).contains(gateways);
        assertThat(tables.meshGateways())
                .singleElement()
                .extracting(found -> found.service().value())
                .isEqualTo(gateway);
        assertThat(tables.apply(List.of(Entries.reportAt(5, "a", "c", Check.CRITICAL))))
                .contains(gateways);
        assertThat(tables.apply(List.of(Entries.serviceAt(6, "a", Service.typical("web", "web", 81)))))
                .doesNotContain(gateways);

        assertThat(tables.apply(List.of(Entries.serviceGoneAt(7, "a", "gw")))).contains(gateways);
        assertThat(tables.meshGateways()).isEmpty();
        assertThat(tables.apply(List.of(Entries.serviceAt(8, "a", Service.typical("gw", "edge", 80)))))
                .doesNotContain(gateways);
    }

    @Test
    void theIndexOfAServiceNeverGoesBackWhenItDisappears() {
        tables.apply(List.of(Entries.nodeAt(1, "a"), Entries.serviceAt(2, "a", Service.typical("web", "web", 80))));

        tables.apply(List.of(Entries.serviceGoneAt(3, "a", "web")));

        assertThat(tables.service(null, "web")).isEqualTo(new Found<>(3, 1, ServiceInstances.NONE));
        assertThat(tables.serviceNames(null).value()).isEmpty();
    }

    @Test
    void theSameEntryTwiceChangesNothing() {
        tables.apply(List.of(Entries.importedAt(1, ALPHA, "web", "web-1")));
        Found<ServiceInstances> before = tables.service(PEER, "web");

        tables.apply(List.of(Entries.importedAt(1, ALPHA, "web", "web-1")));

        assertThat(tables.service(PEER, "web")).isEqualTo(before);
    }

    @Test
    void importsAreSeenOnlyUnderTheirPeer() {
        tables.apply(List.of(Entries.importedAt(1, ALPHA, "web", "web-1")));

        assertThat(tables.service(PEER, "web").value().instances()).hasSize(1);
        assertThat(tables.service(null, "web").value().instances()).isEmpty();
        assertThat(tables.nodes(null).value()).isEmpty();
        assertThat(tables.nodes(PEER).value()).hasSize(1);
    }

    @Test
    void aFlipOfOneImportedInstanceKeepsTheIndexesOfTheOthers() {
        tables.apply(List.of(Entries.importedAt(1, ALPHA, "web", "web-1")));
        tables.apply(List.of(Entries.importedAt(2, ALPHA, "web", "web-1", "web-2")));

        assertThat(tables.service(PEER, "web").value().instances())
                .extracting(instance -> instance.service().modifyIndex())
                .containsExactly(1L, 2L);
    }

    @Test
    void droppingAPeerLeavesNothingOfIt() {
        tables.apply(List.of(
                Entries.importedAt(1, ALPHA, "web", "web-1"), Entries.importedAt(2, ALPHA, "db", "db-1", "db-2")));

        Set<Topic> changed = tables.apply(List.of(Entries.droppedAt(3, ALPHA)));

        assertThat(tables.importedCounts()).isEmpty();
        assertThat(tables.service(PEER, "web")).isEqualTo(new Found<>(3, 1, ServiceInstances.NONE));
        assertThat(tables.nodes(PEER).value()).isEmpty();
        assertThat(changed).contains(Topic.service(PEER, "web"), Topic.service(PEER, "db"));
    }

    @Test
    void droppingAnEarlierPeeringOfTheNameLeavesTheNewOneAlone() {
        PeerScope second = new PeerScope(PEER, new PeeringId("00000000-0000-0000-0000-000000000002"));
        tables.apply(List.of(Entries.importedAt(1, ALPHA, "web", "web-1")));
        tables.apply(List.of(Entries.importedAt(2, second, "web", "web-9")));

        tables.apply(List.of(Entries.droppedAt(3, ALPHA)));

        assertThat(tables.service(PEER, "web").value().instances())
                .extracting(instance -> instance.service().value().id())
                .containsExactly("web-9");
    }

    @Test
    void connectEndpointsAreInTheOrderOfInstancesWhicheverServiceTheyAreOf() {
        Service web = Service.typical("web", "web", 80);
        tables.apply(List.of(
                Entries.nodeAt(1, "a"),
                Entries.nodeAt(2, "b"),
                Entries.serviceAt(
                        3, "a", web.withMesh(web.proxy(), new dev.entente.domain.catalog.Connect(true, null))),
                Entries.serviceAt(4, "b", sidecarOfWeb())));
        tables.apply(List.of(Entries.serviceAt(5, "a", sidecarOfWeb())));

        assertThat(tables.connect(null, "web").value())
                .extracting(instance -> instance.node().value().name() + " "
                        + instance.service().value().id())
                .containsExactly("a web", "a web-sidecar-proxy", "b web-sidecar-proxy");
    }

    @Test
    void connectEndpointsFollowTheProxiesOfADestination() {
        tables.apply(List.of(Entries.nodeAt(1, "a"), Entries.serviceAt(2, "a", sidecarOfWeb())));

        assertThat(tables.connect(null, "web").value()).hasSize(1);

        tables.apply(List.of(Entries.serviceGoneAt(3, "a", "web-sidecar-proxy")));

        assertThat(tables.connect(null, "web")).isEqualTo(new Found<>(3, 1, List.of()));
    }

    private static Service sidecarOfWeb() {
        dev.entente.domain.catalog.Proxy proxy = new dev.entente.domain.catalog.Proxy(
                "web",
                "web",
                "",
                0,
                "",
                "",
                java.util.Map.of(),
                List.of(),
                "",
                new dev.entente.domain.catalog.Proxy.Expose(false, List.of()),
                null);
        return new Service(
                Service.CONNECT_PROXY,
                "web-sidecar-proxy",
                "web-sidecar-proxy",
                List.of(),
                "",
                java.util.Map.of(),
                java.util.Map.of(),
                21000,
                "",
                dev.entente.domain.catalog.Weights.DEFAULT,
                false,
                proxy,
                dev.entente.domain.catalog.Connect.NONE);
    }
}
