package dev.entente.engine.agent;

import static dev.entente.engine.agent.AgentBench.NODE;
import static dev.entente.engine.agent.AgentBench.plain;
import static dev.entente.engine.agent.AgentBench.ttl;
import static dev.entente.engine.agent.AgentBench.withSidecar;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.CheckDefinition;
import dev.entente.domain.catalog.Connect;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Proxy;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.catalog.VirtualAddresses;
import dev.entente.domain.catalog.Weights;
import dev.entente.domain.chain.EntrySet;
import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.access.AllowAll;
import dev.entente.engine.access.Caller;
import dev.entente.engine.catalog.CatalogCommands;
import dev.entente.engine.catalog.CatalogCommands.Deregister;
import dev.entente.engine.catalog.CatalogCommands.Register;
import dev.entente.engine.catalog.StoredCatalogCommands;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.Keys;
import dev.entente.engine.port.RecordKind;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What others do to an agent's rows in the catalog, and what becomes of it, as a real agent and server showed it. */
class AntiEntropyLoopTest {
    private static final Duration AT_ONCE = Duration.ofSeconds(30);
    private static final Duration A_PASS = Duration.ofMinutes(2);
    private static final Service WEB = Service.typical("web", "web", 80);

    private final AgentBench bench = new AgentBench();
    private final List<Throwable> troubles = new ArrayList<>();
    private final CatalogCommands catalog =
            new StoredCatalogCommands(bench.store, bench.catalog, new AllowAll(), "dc1");
    private boolean nameIsOurs = true;
    private final AntiEntropyLoop loop = new AntiEntropyLoop(
            new AntiEntropyLoop.Agent(
                    new Mending(bench.store, bench.catalog, bench.catalog, bench.settings, bench.told),
                    bench.reports,
                    () -> Uni.createFrom().item(() -> nameIsOurs)),
            bench.catalog,
            bench.loop,
            new Random(1),
            troubles::add);

    @BeforeEach
    void start() {
        bench.await(bench.own.addNode());
        loop.start();
        bench.loop.run();
    }

    @AfterEach
    void nothingFailed() {
        assertThat(troubles).isEmpty();
    }

    private void register(Optional<Service> service, Check... checks) {
        write(new Register("", "", NODE, "127.0.0.31", Map.of(), Map.of(), service, List.of(checks), true, ""));
    }

    private void write(Register command) {
        bench.await(catalog.register(Caller.ANONYMOUS, PartitionName.DEFAULT, command));
    }

    private void deregister(String serviceId, String checkId) {
        bench.await(catalog.deregister(
                Caller.ANONYMOUS, PartitionName.DEFAULT, new Deregister("", NODE, serviceId, checkId, "")));
    }

    private boolean hasService(String id) {
        return bench.catalog.defaultPartition().serviceOn(NODE, id).isPresent();
    }

    private boolean hasCheck(String id) {
        return bench.catalog.defaultPartition().check(NODE, id).isPresent();
    }

    private static Check alien(String id, String serviceId) {
        return new Check(
                NODE,
                id,
                "alien",
                "critical",
                "",
                "bad",
                serviceId,
                "",
                List.of(),
                "",
                "",
                "",
                0,
                CheckDefinition.NONE);
    }

    @Test
    void aProxyThatWasWrittenOverComesBackAsItWasRegistered() {
        bench.register(withSidecar(WEB));
        Service before = bench.service("web-sidecar-proxy");
        register(Optional.of(proxy("web-sidecar-proxy", 7)));
        assertThat(bench.service("web-sidecar-proxy").port()).isEqualTo(7);

        bench.loop.advance(AT_ONCE);
        assertThat(bench.service("web-sidecar-proxy").port()).isEqualTo(7);
        bench.loop.advance(A_PASS);

        assertThat(bench.service("web-sidecar-proxy")).isEqualTo(before);
    }

    @Test
    void whatEntriesSayOfAProxyComesBackWithIt() {
        bench.register(withSidecar(WEB));
        bench.await(bench.catalog.publish(
                PartitionName.DEFAULT,
                List.of(Change.upsert(
                        RecordKind.CONFIG_ENTRY,
                        Keys.configEntry("proxy-defaults", "global"),
                        1_000,
                        1_000,
                        EntrySet.allSpeak("http")))));
        register(Optional.of(proxy("web-sidecar-proxy", 7)));

        bench.loop.advance(A_PASS);

        Proxy back = bench.service("web-sidecar-proxy").proxy();
        assertThat(back.config()).containsEntry("protocol", "http");
        assertThat(back.localServicePort()).isEqualTo(80);
        assertThat(back.asGiven().config()).isEmpty();
    }

    @Test
    void whatWasDeregisteredComesBackWithItsChecksAndTheirStatus() {
        bench.register(plain(WEB, ttl("web-ttl", "w", "critical")));
        bench.register(ttl("node-ttl", "n", "critical"));
        report("web-ttl", "passing", "well");
        deregister("web", "");
        deregister("", "node-ttl");
        assertThat(hasService("web") || hasCheck("web-ttl") || hasCheck("node-ttl"))
                .isFalse();

        bench.loop.advance(A_PASS);

        assertThat(bench.service("web")).isEqualTo(WEB);
        assertThat(bench.check("web-ttl").status()).isEqualTo("passing");
        assertThat(bench.check("web-ttl").output()).isEqualTo("well");
        assertThat(bench.check("web-ttl").run().isTtl()).isTrue();
        assertThat(bench.check("node-ttl").status()).isEqualTo("critical");
    }

    @Test
    void aCheckThatWasWrittenOverComesBackWithWhatItReportedLast() {
        bench.register(ttl("node-ttl", "n", "critical"));
        report("node-ttl", "passing", "first");
        register(Optional.empty(), alien("node-ttl", ""));
        assertThat(bench.check("node-ttl").output()).isEqualTo("bad");
        report("node-ttl", "warning", "second");

        bench.loop.advance(A_PASS);

        assertThat(bench.check("node-ttl").name()).isEqualTo("n");
        assertThat(bench.check("node-ttl").status()).isEqualTo("warning");
        assertThat(bench.check("node-ttl").output()).isEqualTo("second");
    }

    @Test
    void whatNobodyToldTheAgentGoes() {
        register(Optional.of(Service.typical("foreign", "foreign", 5)), alien("of-foreign", "foreign"));
        register(Optional.empty(), alien("alien", ""));
        assertThat(hasService("foreign") && hasCheck("of-foreign") && hasCheck("alien"))
                .isTrue();

        bench.loop.advance(A_PASS);

        assertThat(hasService("foreign") || hasCheck("of-foreign") || hasCheck("alien"))
                .isFalse();
        assertThat(hasService("consul") && hasCheck(Check.SERF_HEALTH)).isTrue();
    }

    @Test
    void tagsThatMayBeOverriddenStayAndTheAgentLearnsThem() {
        bench.register(plain(overridable(List.of("mine"))));
        register(Optional.of(overridable(List.of("theirs"))));

        bench.loop.advance(A_PASS);

        assertThat(bench.service("eto").tags()).containsExactly("theirs");
        assertThat(bench.told.services(PartitionName.DEFAULT).orElseThrow())
                .singleElement()
                .returns(List.of("theirs"), Service::tags);
    }

    @Test
    void theNodeItselfComesBack() {
        Node before = node();
        write(new Register(
                "",
                "",
                NODE,
                "9.8.7.6",
                Map.of("lan", "9.9.9.9"),
                Map.of("foo", "bar"),
                Optional.empty(),
                List.of(),
                false,
                ""));
        assertThat(node().address()).isEqualTo("9.8.7.6");

        bench.loop.advance(A_PASS);

        assertThat(node()).isEqualTo(before);
    }

    @Test
    void aNodeThatWasDeregisteredComesBackWithWhatIsOnIt() {
        bench.register(withSidecar(WEB, ttl("web-ttl", "w", "passing")));
        Node before = node();
        deregister("", "");
        assertThat(bench.catalog.defaultPartition().node(null, NODE).value()).isEmpty();

        bench.loop.advance(A_PASS);

        assertThat(node()).isEqualTo(before);
        assertThat(hasService("web") && hasService("web-sidecar-proxy") && hasCheck("web-ttl"))
                .isTrue();
        assertThat(hasCheck(Check.SERF_HEALTH)).isTrue();
    }

    @Test
    void clientsOfTheAgentSeeNothingOfWhatOthersWrite() {
        bench.register(plain(WEB, ttl("web-ttl", "w", "passing")));
        deregister("web", "");

        report("web-ttl", "warning", "still there");
        assertThat(bench.told.services(PartitionName.DEFAULT).orElseThrow()).containsExactly(WEB);
        bench.await(bench.agent.deregisterService(Caller.ANONYMOUS, PartitionName.DEFAULT, "web"));
        bench.loop.advance(A_PASS);

        assertThat(hasService("web") || hasCheck("web-ttl")).isFalse();
    }

    @Test
    void whatWasRegisteredByTheAgentAndByOthersStays() {
        register(Optional.of(WEB));
        bench.register(plain(WEB));

        bench.loop.advance(A_PASS);

        assertThat(hasService("web")).isTrue();
    }

    @Test
    void whatTheAgentTakesAwayDoesNotComeBack() {
        bench.register(withSidecar(WEB, ttl("web-ttl", "w", "passing")));
        bench.register(ttl("node-ttl", "n", "critical"));
        deregister("web-sidecar-proxy", "");
        deregister("", "node-ttl");
        bench.await(bench.agent.deregisterService(Caller.ANONYMOUS, PartitionName.DEFAULT, "web"));
        bench.await(bench.agent.deregisterCheck(Caller.ANONYMOUS, PartitionName.DEFAULT, "node-ttl"));

        bench.loop.advance(A_PASS);

        assertThat(hasService("web") || hasService("web-sidecar-proxy") || hasCheck("node-ttl"))
                .isFalse();
    }

    @Test
    void aCatalogThatIsAsItShouldBeIsLeftAlone() {
        bench.register(withSidecar(WEB, ttl("web-ttl", "w", "critical")));
        report("web-ttl", "passing", "well");
        int before = bench.catalog.published().size();

        bench.loop.advance(Duration.ofMinutes(10));

        assertThat(bench.catalog.published()).hasSize(before);
    }

    @Test
    void theAddressThatTheStoreGivesAProxyIsNoDifference() {
        bench.register(withSidecar(WEB));
        Service carrying = VirtualAddresses.carrying(bench.service("web-sidecar-proxy"), "240.0.0.1");
        register(Optional.of(carrying));
        int before = bench.catalog.published().size();

        bench.loop.advance(A_PASS);

        assertThat(bench.catalog.published()).hasSize(before);
        assertThat(bench.service("web-sidecar-proxy")).isEqualTo(carrying);
    }

    @Test
    void whoLostTheNameWritesNothingAndLearnsAnewWhenItIsBack() {
        bench.register(plain(WEB));
        nameIsOurs = false;
        bench.loop.advance(A_PASS);
        register(Optional.of(Service.typical("of-another-process", "other", 5)));
        bench.loop.advance(A_PASS);
        assertThat(hasService("of-another-process")).isTrue();

        nameIsOurs = true;
        bench.loop.advance(A_PASS);
        bench.loop.advance(A_PASS);

        assertThat(hasService("of-another-process") && hasService("web")).isTrue();
    }

    @Test
    void aStoppedLoopWritesNothing() {
        bench.register(plain(WEB));
        loop.stop();
        bench.loop.run();
        deregister("web", "");

        bench.loop.advance(A_PASS);

        assertThat(hasService("web")).isFalse();
    }

    private void report(String checkId, String status, String output) {
        bench.await(bench.agent.report(Caller.ANONYMOUS, PartitionName.DEFAULT, checkId, status, output));
    }

    private Node node() {
        return bench.catalog
                .defaultPartition()
                .node(null, NODE)
                .value()
                .orElseThrow()
                .node()
                .value();
    }

    private static Service proxy(String id, int port) {
        Proxy proxy =
                new Proxy("web", "", "", 0, "", "", Map.of(), List.of(), "", new Proxy.Expose(false, List.of()), null);
        return new Service(
                Service.CONNECT_PROXY,
                id,
                id,
                List.of(),
                "",
                Map.of(),
                Map.of(),
                port,
                "",
                Weights.DEFAULT,
                false,
                proxy,
                Connect.NONE);
    }

    private static Service overridable(List<String> tags) {
        return new Service(
                "",
                "eto",
                "eto",
                tags,
                "",
                Map.of(),
                Map.of(),
                82,
                "",
                Weights.DEFAULT,
                true,
                Proxy.NONE,
                Connect.NONE);
    }
}
