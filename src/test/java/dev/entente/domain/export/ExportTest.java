package dev.entente.domain.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.CheckDefinition;
import dev.entente.domain.catalog.Connect;
import dev.entente.domain.catalog.ImportedInstance;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Instance;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Proxy;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.catalog.ServiceAddress;
import dev.entente.domain.catalog.Weights;
import dev.entente.domain.config.ExportedServicesEntry;
import dev.entente.domain.config.ExportedServicesEntry.Consumer;
import dev.entente.domain.config.ExportedServicesEntry.ExportedService;
import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.TrustDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportTest {
    private static final PeerName PEER = new PeerName("to-Dialer");

    private static ExportedService exported(String name, String... peers) {
        List<Consumer> consumers = new ArrayList<>();
        for (String peer : peers) {
            consumers.add(new Consumer("", peer));
        }
        return new ExportedService(name, "", consumers);
    }

    private static Optional<ExportedServicesEntry> entry(ExportedService... services) {
        return Optional.of(new ExportedServicesEntry("default", List.of(services), Map.of()));
    }

    private static Instance instance(String node, String id, String... statuses) {
        return instance(node, Service.typical(id, "web", 80), statuses);
    }

    private static Instance instance(String node, Service service, String... statuses) {
        List<Indexed<Check>> checks = new ArrayList<>();
        for (String status : statuses) {
            checks.add(new Indexed<>(check(node, "c" + checks.size(), status), 1, 2));
        }
        return new Instance(
                new Indexed<>(new Node("id", node, "10.0.0.1", "dc1", Map.of(), Map.of()), 3, 4),
                new Indexed<>(service, 5, 6),
                checks);
    }

    private static Check check(String node, String id, String status) {
        return new Check(node, id, "n", status, "", "out", "", "", List.of(), "ttl", "", "", 0, CheckDefinition.NONE);
    }

    @Test
    void withoutAnEntryNothingIsExported() {
        assertThat(ExportRules.names(Optional.empty(), PEER, () -> List.of("web")))
                .isEmpty();
    }

    @Test
    void aPeerSeesTheNamesThatNameItInExactlyItsSpelling() {
        assertThat(ExportRules.names(
                        entry(exported("web", "to-Dialer"), exported("api", "to-dialer"), exported("db", "other")),
                        PEER,
                        List::of))
                .containsExactly("web");
    }

    @Test
    void aNameIsExportedWithoutInstances() {
        assertThat(ExportRules.names(entry(exported("ghost", "to-Dialer")), PEER, List::of))
                .containsExactly("ghost");
    }

    @Test
    void theWildcardMeansTypicalServicesAndNeverConsul() {
        assertThat(ExportRules.names(
                        entry(exported("*", "to-Dialer"), exported("consul", "to-Dialer")),
                        PEER,
                        () -> List.of("web", "consul", "api")))
                .containsExactly("api", "web");
    }

    @ParameterizedTest(name = "{0} shows as {1}")
    @CsvSource({
        "passing passing, passing",
        "passing warning, warning",
        "warning critical passing, critical",
        "critical warning, critical",
        "warning, warning",
        "maintenance, critical",
        "nonsense, critical"
    })
    void theFlattenedCheckShowsTheWorstStatus(String statuses, String flattened) {
        List<ImportedInstance> payload = ServicePayload.of(List.of(instance("n", "web-1", statuses.split(" "))));
        Check check = payload.get(0).checks().get(0);
        assertThat(check.status()).isEqualTo(flattened);
        assertThat(check.id()).isEqualTo("web-1:overall-check");
        assertThat(check.name()).isEqualTo("overall-check");
        assertThat(check.node()).isEqualTo("n");
        assertThat(check.serviceId()).isEqualTo("web-1");
        assertThat(check.serviceName()).isEqualTo("web");
        assertThat(check.output()).isEmpty();
        assertThat(check.type()).isEmpty();
    }

    @Test
    void anInstanceWithoutChecksIsExportedWithoutOne() {
        assertThat(ServicePayload.of(List.of(instance("n", "web-1"))).get(0).checks())
                .isEmpty();
    }

    @Test
    void aMaintenanceCheckIsCriticalWhateverItSays() {
        Instance instance = new Instance(
                instance("n", "w").node(),
                instance("n", "w").service(),
                List.of(new Indexed<>(check("n", Check.NODE_MAINTENANCE, "passing"), 1, 1)));
        assertThat(ServicePayload.of(List.of(instance)).get(0).checks().get(0).status())
                .isEqualTo("critical");
    }

    @Test
    void instancesAreOrderedBytewiseByNodeAndId() {
        List<ImportedInstance> payload = ServicePayload.of(List.of(
                instance("a", "2"),
                instance("\uD83D\uDE00", "1"),
                instance("a-b", "1"),
                instance("a", "1"),
                instance("\uFFFD", "1")));
        assertThat(payload)
                .extracting(one -> one.node().name() + "/" + one.service().id())
                .containsExactly("a-b/1", "a/1", "a/2", "\uFFFD/1", "\uD83D\uDE00/1");
    }

    @Test
    void proxiesGatewaysAndNamelessThingsStayAtHome() {
        Service gateway = new Service(
                Service.MESH_GATEWAY,
                "g",
                "web",
                List.of(),
                "",
                Map.of(),
                Map.of(),
                1,
                "",
                Weights.DEFAULT,
                false,
                Proxy.NONE,
                Connect.NONE);
        assertThat(ServicePayload.of(List.of(
                        instance("n", gateway),
                        instance("", "web-1"),
                        instance("n", ""),
                        instance("n", Service.typical("x", "web-sidecar-proxy", 1)))))
                .isEmpty();
    }

    @Test
    void theMeshPartOfAServiceIsTakenAway() {
        Service mesh = Service.typical("w", "web", 80)
                .withMesh(Proxy.NONE, new Connect(true, null))
                .withTaggedAddresses(Map.of(
                        "consul-virtual",
                        new ServiceAddress("240.0.0.1", 80),
                        "lan",
                        new ServiceAddress("10.0.0.1", 80)));
        Service sent = ServicePayload.of(List.of(instance("n", mesh))).get(0).service();
        assertThat(sent.connect()).isEqualTo(Connect.NONE);
        assertThat(sent.taggedAddresses()).containsOnlyKeys("lan");
    }

    @Test
    void aSyntheticProxyStandsForTheServiceAtEachGateway() {
        Service gateway = new Service(
                Service.MESH_GATEWAY,
                "mgw",
                "mesh-gateway",
                List.of("t"),
                "10.0.0.9",
                Map.of(),
                Map.of("k", "v"),
                8443,
                "",
                Weights.DEFAULT,
                false,
                Proxy.NONE,
                Connect.NONE);
        MeshIdentity identity = new MeshIdentity(new TrustDomain("td.consul"), "dc1", PartitionName.DEFAULT);
        List<ImportedInstance> proxies = SyntheticProxy.of(
                new SyntheticProxy.ExportedTo("web", PEER),
                new ExportedChain("tcp", List.of("web", "api")),
                List.of(instance("n", gateway, "warning")),
                identity);
        Service proxy = proxies.get(0).service();
        assertThat(proxy.kind()).isEqualTo("connect-proxy");
        assertThat(proxy.id()).isEqualTo("web-sidecar-proxy-instance-0");
        assertThat(proxy.name()).isEqualTo("web-sidecar-proxy");
        assertThat(proxy.port()).isEqualTo(8443);
        assertThat(proxy.proxy().destinationServiceName()).isEqualTo("web");
        assertThat(proxy.proxy().destinationServiceId()).isEqualTo("web-instance-0");
        assertThat(proxy.connect().peerMeta().sni())
                .containsExactly("web.default.default.to-Dialer.external.td.consul");
        assertThat(proxy.connect().peerMeta().spiffeId())
                .containsExactly(
                        "spiffe://td.consul/ns/default/dc/dc1/svc/web",
                        "spiffe://td.consul/gateway/mesh/dc/dc1",
                        "spiffe://td.consul/ns/default/dc/dc1/svc/api");
        assertThat(proxy.connect().peerMeta().protocol()).isEqualTo("tcp");
        assertThat(proxies.get(0).checks().get(0).id()).isEqualTo("web-sidecar-proxy-instance-0:overall-check");
    }

    @Test
    void metadataThatAnotherClusterMayNotSetIsRefused() {
        Node node = new Node("", "n", "10.0.0.1", "dc1", Map.of(), Map.of());
        Service plain = Service.typical("w", "web", 80);
        Service bad = new Service(
                "",
                "w",
                "web",
                List.of(),
                "",
                Map.of(),
                Map.of("consul-x", "1"),
                80,
                "",
                plain.weights(),
                false,
                plain.proxy(),
                plain.connect());
        String refusal = ImportRules.service("web", List.of(new ImportedInstance(node, bad, List.of())))
                .fold(accepted -> "", refused -> refused.text());
        assertThat(refusal)
                .isEqualTo("failed to register service: Invalid Service Meta for node n and serviceID w: Couldn't load"
                        + " metadata pair ('consul-x', '1'): Key prefix 'consul-' is reserved for internal use");
    }

    @Test
    void aCheckBelongsToTheNodeThatItCameWith() {
        Node node = new Node("", "n", "10.0.0.1", "dc1", Map.of(), Map.of());
        ImportedInstance sent = new ImportedInstance(
                node, Service.typical("w", "web", 80), List.of(check("elsewhere", "c", "passing")));
        assertThat(ImportRules.service("web", List.of(sent)))
                .isInstanceOfSatisfying(
                        Outcome.Accepted.class,
                        accepted -> assertThat(accepted.toString()).doesNotContain("elsewhere"));
    }

    @Test
    void aCheckOfAServiceShowsTheNameAndTagsOfTheServiceThatItCameWith() {
        Node node = new Node("", "n", "10.0.0.1", "dc1", Map.of(), Map.of());
        Service plain = Service.typical("w", "web", 80);
        Service tagged = new Service(
                plain.kind(),
                plain.id(),
                plain.name(),
                List.of("v1"),
                plain.address(),
                plain.taggedAddresses(),
                plain.meta(),
                plain.port(),
                plain.socketPath(),
                plain.weights(),
                plain.enableTagOverride(),
                plain.proxy(),
                plain.connect());
        Check ofNode = check("n", "c", "passing");
        Check ofService = check("n", "c", "passing").ofService(plain);
        List<Check> stored = ImportRules.service(
                        "web", List.of(new ImportedInstance(node, tagged, List.of(ofNode, ofService))))
                .fold(accepted -> accepted.instances().get(0).checks(), refused -> List.of());
        assertThat(stored).containsExactly(ofNode, ofService.ofService(tagged));
    }

    @Test
    void aListKeepsEachServiceAndItsProxy() {
        assertThat(ImportRules.kept(List.of("web"))).containsExactlyInAnyOrder("web", "web-sidecar-proxy");
    }
}
