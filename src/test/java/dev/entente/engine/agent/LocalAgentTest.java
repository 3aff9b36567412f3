package dev.entente.engine.agent;

import static dev.entente.engine.agent.AgentBench.NODE;
import static dev.entente.engine.agent.AgentBench.plain;
import static dev.entente.engine.agent.AgentBench.ttl;
import static dev.entente.engine.agent.AgentBench.withSidecar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.CheckDefinition;
import dev.entente.domain.catalog.Proxy;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.catalog.ServiceAddress;
import dev.entente.domain.catalog.Weights;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import dev.entente.engine.access.Caller;
import dev.entente.engine.agent.AgentCommands.CheckSpec;
import dev.entente.engine.agent.AgentCommands.RegisterService;
import dev.entente.engine.agent.AgentCommands.SidecarSpec;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an agent's clients see; the expected values are those of the captures. */
class LocalAgentTest {
    private static final Service WEB = Service.typical("web-1", "web", 8080);
    private final AgentBench bench = new AgentBench();

    static Stream<Arguments> refusedServices() {
        Service x = Service.typical("", "x", 1);
        CheckSpec untimed = new CheckSpec("", "c", "", "", "", CheckDefinition.NONE);
        CheckSpec odd = ttl("", "", "nope");
        return Stream.of(
                bad(plain(Service.typical("", "", 80)), "Missing service name"),
                bad(plain(at(x, "0.0.0.0")), "Invalid service address"),
                bad(plain(at(x, "[::]")), "Invalid service address"),
                bad(plain(x.withWeights(new Weights(0, 1))), "Invalid Weights: Passing must be greater than 0"),
                bad(
                        plain(meta(x, Map.of("consul-foo", "v"))),
                        "Invalid Service Meta: Couldn't load metadata pair ('consul-foo', 'v'): Key prefix 'consul-' is"
                                + " reserved for internal use"),
                bad(plain(x, untimed), "Invalid check: TTL must be > 0 for TTL checks"),
                bad(plain(x, ttl("", "", "passing"), untimed), "Invalid check: TTL must be > 0 for TTL checks"),
                bad(plain(x, odd), "Status for checks must 'passing', 'warning', 'critical'"),
                bad(
                        sidecar(x, Service.typical("", "", 0), untimed),
                        "Invalid check in sidecar_service: TTL must be > 0 for TTL checks"),
                bad(
                        sidecar(x, Service.typical("", "", 0), odd),
                        "Status for checks must 'passing', 'warning', 'critical'"),
                bad(
                        sidecar(x, Service.typical("other", "", 0)),
                        "Validation failed: 1 error occurred:\n\t* A SidecarService cannot specify an ID as this is"
                                + " managed by the agent\n\n"),
                bad(
                        sidecar(x, native0()),
                        "Failed Validation: 2 errors occurred:\n\t* A Proxy cannot also be Connect Native, only typical"
                                + " services\n\t* Port or SocketPath must be set for a Connect native service.\n\n"),
                Arguments.of(
                        plain(x, new CheckSpec("", "", "", "", "", AgentBench.script())),
                        Refusal.invalid("Scripts are disabled on this agent from remote calls; to enable, configure"
                                + " 'enable_script_checks' to true")),
                Arguments.of(
                        plain(x, new CheckSpec("", "", "", "", "", AgentBench.udp())),
                        Refusal.invalid(
                                "UDP checks are not run by this agent: an answer that does not come proves nothing;"
                                        + " use a TCP, HTTP or gRPC check")),
                Arguments.of(
                        plain(x.withTaggedAddresses(Map.of("lan_ipv4", new ServiceAddress("::1", 1)))),
                        Refusal.invalid("Service tagged address \"lan_ipv4\" must be a valid ipv4 address")));
    }

    @ParameterizedTest
    @MethodSource("refusedServices")
    void aWrongServiceIsRefusedAndNothingIsRegistered(RegisterService command, Refusal refusal) {
        assertRefused(bench.agent.registerService(Caller.ANONYMOUS, PartitionName.DEFAULT, command), refusal);
        assertThat(bench.catalog.published()).isEmpty();
    }

    @Test
    void theFirstServiceBringsTheNodeIntoAPartition() {
        bench.register(plain(WEB));
        var node = bench.catalog.defaultPartition().node(null, NODE).value().orElseThrow();
        assertThat(node.node().value().taggedAddresses())
                .isEqualTo(Map.of(
                        "lan", "127.0.0.31", "lan_ipv4", "127.0.0.31", "wan", "127.0.0.31", "wan_ipv4", "127.0.0.31"));
        assertThat(node.node().value().meta()).isEqualTo(Map.of("consul-network-segment", ""));
        assertThat(bench.check(Check.SERF_HEALTH).output()).isEqualTo("Agent alive and reachable");
    }

    @Test
    void theNodeHasTheMetadataOfItsConfigurationBesideThatOfAReplica() {
        AgentSettings settings = new AgentSettings(
                NODE, "id", "127.0.0.31", "dc1", 1, 2, 3, "v", "owner", 4, 5, Map.of("somekey", "somevalue"));

        assertThat(OwnNode.node(settings).meta())
                .isEqualTo(Map.of("somekey", "somevalue", "consul-network-segment", ""));
    }

    @Test
    void checksAreNamedAfterTheirServiceAndNumbered() {
        bench.register(plain(
                WEB,
                new CheckSpec("web-1-ttl", "web ttl", "", "passing", "a note", ttl(Duration.ofMinutes(10))),
                ttl("", "", "passing"),
                ttl("", "third", "warning")));
        assertThat(bench.check("web-1-ttl"))
                .isEqualTo(new Check(
                        NODE,
                        "web-1-ttl",
                        "web ttl",
                        "passing",
                        "a note",
                        "",
                        "web-1",
                        "web",
                        List.of(),
                        "ttl",
                        "",
                        "",
                        0,
                        CheckDefinition.NONE,
                        ttl(Duration.ofMinutes(10))));
        assertThat(bench.check("service:web-1:2").name()).isEqualTo("Service 'web' check");
        assertThat(bench.check("service:web-1:3").status()).isEqualTo("warning");
    }

    @Test
    void aLoneCheckHasNoNumberAndStartsCritical() {
        bench.register(plain(
                Service.typical("", "noinit", 0),
                new CheckSpec("", "", "", "", "", AgentBench.http("http://127.0.0.1:1/", Duration.ofSeconds(1)))));
        Check check = bench.check("service:noinit");
        assertThat(check.status()).isEqualTo("critical");
        assertThat(check.interval()).isEqualTo("1s");
        assertThat(check.timeout()).isEmpty();
    }

    @Test
    void aSidecarHasEverythingFromItsService() {
        Service api = Service.typical("", "api", 9090).withTags(List.of("t"));
        bench.register(withSidecar(meta(api, Map.of("m", "1")), ttl("", "", "passing")));

        Service sidecar = bench.service("api-sidecar-proxy");
        assertThat(sidecar)
                .isEqualTo(new Service(
                        "connect-proxy",
                        "api-sidecar-proxy",
                        "api-sidecar-proxy",
                        List.of("t"),
                        "",
                        Map.of("consul-virtual", new ServiceAddress("240.0.0.1", 21000)),
                        Map.of("m", "1"),
                        21000,
                        "",
                        Weights.DEFAULT,
                        false,
                        new Proxy(
                                "api",
                                "api",
                                "127.0.0.1",
                                9090,
                                "",
                                "",
                                Map.of(),
                                List.of(),
                                "",
                                Proxy.NONE.expose(),
                                null),
                        api.connect()));
        Check listening = bench.check("service:api-sidecar-proxy:1");
        assertThat(listening.name()).isEqualTo("Connect Sidecar Listening");
        assertThat(listening.run().tcp()).isEqualTo("127.0.0.1:21000");
        assertThat(listening.interval()).isEqualTo("10s");
        Check aliasing = bench.check("service:api-sidecar-proxy:2");
        assertThat(aliasing.name()).isEqualTo("Connect Sidecar Aliasing api");
        assertThat(aliasing.type()).isEqualTo("alias");
    }

    @Test
    void aSidecarHasTheAddressesOfItsFamilyAtItsOwnPort() {
        bench.register(withSidecar(at(Service.typical("a", "a", 8080), "10.1.1.1")));

        ServiceAddress own = new ServiceAddress("10.1.1.1", 21000);
        assertThat(bench.service("a-sidecar-proxy").taggedAddresses())
                .containsEntry("lan_ipv4", own)
                .containsEntry("wan_ipv4", own);
    }

    @Test
    void ofSeveralChecksWithOneIdTheLastCounts() {
        bench.register(plain(WEB, ttl("c", "first", "warning"), ttl("", "second", ""), ttl("c", "third", "passing")));

        assertThat(bench.check("c").name()).isEqualTo("third");
        assertThat(bench.check("c").status()).isEqualTo("passing");
        assertThat(bench.check("service:web-1:2").name()).isEqualTo("second");
    }

    @Test
    void sidecarsTakeTheLowestFreePortAndKeepIt() {
        bench.register(withSidecar(Service.typical("", "a", 1)));
        bench.register(withSidecar(Service.typical("", "b", 2)));
        bench.register(withSidecar(Service.typical("", "a", 3)));
        assertThat(bench.service("a-sidecar-proxy").port()).isEqualTo(21000);
        assertThat(bench.service("b-sidecar-proxy").port()).isEqualTo(21001);
        assertThat(bench.service("a-sidecar-proxy").proxy().localServicePort()).isEqualTo(3);
    }

    @Test
    void aSidecarGoesWithItsService() {
        bench.register(withSidecar(Service.typical("", "api", 9090)));
        bench.await(bench.agent.deregisterService(Caller.ANONYMOUS, PartitionName.DEFAULT, "api"));
        var node = bench.catalog.defaultPartition().node(null, NODE).value().orElseThrow();
        assertThat(node.services()).isEmpty();
        assertThat(node.checks()).extracting(row -> row.value().id()).containsExactly(Check.SERF_HEALTH);
    }

    @Test
    void aCheckThatIsRegisteredAgainKeepsWhatItReported() {
        bench.register(plain(WEB, ttl("", "", "critical")));
        report("service:web-1", "passing", "fine");

        int before = bench.catalog.published().size();
        bench.register(plain(WEB, ttl("", "", "critical")));
        assertThat(bench.catalog.published()).hasSize(before);

        bench.register(plain(WEB.withTags(List.of("new")), ttl("", "renamed", "critical")));
        assertThat(bench.check("service:web-1").status()).isEqualTo("passing");
        assertThat(bench.check("service:web-1").output()).isEqualTo("fine");
        assertThat(bench.check("service:web-1").name()).isEqualTo("renamed");
        assertThat(bench.check("service:web-1").serviceTags()).containsExactly("new");
    }

    @Test
    void checksThatAreNotNamedAgainStayUnlessTheyAreReplaced() {
        bench.register(plain(WEB, ttl("old", "old", "passing")));
        bench.register(plain(WEB, ttl("new", "new", "passing")));
        assertThat(bench.catalog.defaultPartition().check(NODE, "old")).isPresent();
        bench.register(new RegisterService(WEB, List.of(ttl("new", "new", "passing")), Optional.empty(), true));
        assertThat(bench.catalog.defaultPartition().check(NODE, "old")).isEmpty();
        assertThat(bench.catalog.defaultPartition().check(NODE, "new")).isPresent();
    }

    @Test
    void aCheckOfItsOwnShowsItsTimesAndIsNamedByItsName() {
        bench.register(ttl("", "named check", ""));
        Check check = bench.check("named check");
        assertThat(check.interval()).isEqualTo("0s");
        assertThat(check.timeout()).isEqualTo("0s");
        assertThat(check.status()).isEqualTo("critical");
    }

    @Test
    void aCheckOfItsOwnIsRefusedForManyReasons() {
        refused(ttl("", "", ""), Refusal.badRequest("Missing check name"));
        refused(ttl("", "c", "nope"), Refusal.badRequest("Bad check status"));
        refused(
                new CheckSpec("", "c", "", "", "", CheckDefinition.NONE),
                Refusal.badRequest("Invalid check: TTL must be > 0 for TTL checks"));
        refused(
                new CheckSpec("", "c", "nope", "", "", ttl(Duration.ofMinutes(1))),
                Refusal.notFound("ServiceID \"nope\" does not exist"));
        refused(
                new CheckSpec("", "c", "", "", "", AgentBench.script()),
                Refusal.invalid("Scripts are disabled on this agent from remote calls; to enable, configure"
                        + " 'enable_script_checks' to true"));
    }

    @Test
    void aReportShowsAndIsBounded() {
        bench.register(ttl("node-ttl", "node ttl", "passing"));
        report("node-ttl", "warning", "x".repeat(5000));
        assertThat(bench.check("node-ttl").status()).isEqualTo("warning");
        assertThat(bench.check("node-ttl").output()).isEqualTo("x".repeat(4096) + " ... (captured 4096 of 5000 bytes)");
    }

    @Test
    void aReportIsRefusedForWhatHasNoTtl() {
        bench.register(plain(
                WEB, new CheckSpec("c-http", "", "", "", "", AgentBench.http("http://x/", Duration.ofSeconds(1)))));
        assertRefused(
                reporting("c-http", "passing"), Refusal.invalid("CheckID \"c-http\" does not have associated TTL"));
        assertRefused(
                reporting("nope", "passing"),
                Refusal.notFound("Unknown check ID \"nope\". Ensure that the check ID is passed, not the check name."));
        assertRefused(reporting("c-http", "nope"), Refusal.badRequest("Invalid check status: 'nope'"));
        assertRefused(
                bench.agent.deregisterCheck(Caller.ANONYMOUS, PartitionName.DEFAULT, Check.SERF_HEALTH),
                Refusal.notFound(
                        "Unknown check ID \"serfHealth\". Ensure that the check ID is passed, not the check name."));
    }

    @Test
    void maintenanceKeepsItsFirstReasonUntilItEnds() {
        bench.register(plain(WEB));
        maintain("web-1", true, "why not");
        maintain("web-1", true, "again");
        Check check = bench.check("_service_maintenance:web-1");
        assertThat(check.notes()).isEqualTo("why not");
        assertThat(check.status()).isEqualTo("critical");
        assertThat(check.type()).isEqualTo("maintenance");
        assertThat(check.serviceName()).isEqualTo("web");
        maintain("web-1", false, "");
        assertThat(bench.catalog.defaultPartition().check(NODE, "_service_maintenance:web-1"))
                .isEmpty();

        bench.await(bench.agent.nodeMaintenance(Caller.ANONYMOUS, PartitionName.DEFAULT, true, ""));
        assertThat(bench.check("_node_maintenance").notes())
                .isEqualTo("Maintenance mode is enabled for this node, but no reason was provided. This is a default"
                        + " message.");
    }

    @Test
    void anUnknownServiceIsNotFound() {
        Refusal unknown = Refusal.notFound(
                "Unknown service ID \"nope\". Ensure that the service ID is passed, not the service name.");
        assertRefused(bench.agent.deregisterService(Caller.ANONYMOUS, PartitionName.DEFAULT, "nope"), unknown);
        assertRefused(
                bench.agent.serviceMaintenance(Caller.ANONYMOUS, PartitionName.DEFAULT, "nope", true, ""), unknown);
        assertRefused(
                bench.agent.serviceMaintenance(Caller.ANONYMOUS, PartitionName.DEFAULT, "", true, ""),
                Refusal.badRequest("Missing service ID"));
    }

    private void report(String check, String status, String output) {
        bench.await(bench.agent.report(Caller.ANONYMOUS, PartitionName.DEFAULT, check, status, output));
    }

    private Uni<Void> reporting(String check, String status) {
        return bench.agent.report(Caller.ANONYMOUS, PartitionName.DEFAULT, check, status, "");
    }

    private void maintain(String service, boolean enable, String reason) {
        bench.await(bench.agent.serviceMaintenance(Caller.ANONYMOUS, PartitionName.DEFAULT, service, enable, reason));
    }

    private void refused(CheckSpec spec, Refusal refusal) {
        assertRefused(bench.agent.registerCheck(Caller.ANONYMOUS, PartitionName.DEFAULT, spec), refusal);
    }

    private void assertRefused(Uni<Void> result, Refusal refusal) {
        assertThatThrownBy(() -> bench.await(result))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(refusal));
    }

    private static Arguments bad(RegisterService command, String text) {
        return Arguments.of(command, Refusal.badRequest(text));
    }

    private static RegisterService sidecar(Service service, Service sidecar, CheckSpec... checks) {
        return new RegisterService(service, List.of(), Optional.of(new SidecarSpec(sidecar, List.of(checks))), false);
    }

    private static Service native0() {
        Service plain = Service.typical("", "", 0);
        return plain.withMesh(Proxy.NONE, new dev.entente.domain.catalog.Connect(true, null));
    }

    private static Service at(Service service, String address) {
        return new Service(
                "",
                service.id(),
                service.name(),
                List.of(),
                address,
                Map.of(),
                Map.of(),
                service.port(),
                "",
                Weights.DEFAULT,
                false,
                Proxy.NONE,
                service.connect());
    }

    private static Service meta(Service service, Map<String, String> meta) {
        return new Service(
                "",
                service.id(),
                service.name(),
                service.tags(),
                "",
                Map.of(),
                meta,
                service.port(),
                "",
                Weights.DEFAULT,
                false,
                Proxy.NONE,
                service.connect());
    }
}
