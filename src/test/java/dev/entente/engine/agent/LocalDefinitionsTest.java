package dev.entente.engine.agent;

import static dev.entente.engine.agent.AgentBench.NODE;
import static dev.entente.engine.agent.AgentBench.plain;
import static dev.entente.engine.agent.AgentBench.ttl;
import static dev.entente.engine.agent.AgentBench.withSidecar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.RefusedException;
import dev.entente.engine.access.AllowAll;
import dev.entente.engine.access.Caller;
import dev.entente.engine.agent.AgentCommands.CheckSpec;
import dev.entente.engine.agent.AgentCommands.RegisterService;
import dev.entente.fake.InMemoryDefinitions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an agent's files define, over starts and reloads. */
class LocalDefinitionsTest {
    private static final Service REDIS = Service.typical("", "redis", 1234);
    private static final Service WEB = Service.typical("web-1", "web", 80);

    private final AgentBench bench = new AgentBench();
    private final InMemoryDefinitions memory = new InMemoryDefinitions();
    private final LocalDefinitions definitions = inNewProcess();

    private LocalDefinitions inNewProcess() {
        DefinedHere defined = new DefinedHere(memory);
        LocalAgent agent =
                new LocalAgent(bench.own, new AllowAll(), bench.reports, bench.ttlReports, defined, bench.settings);
        clients = agent;
        return new LocalDefinitions(agent, bench.own, defined, bench.settings);
    }

    private LocalAgent clients;

    private void follow(LocalDefinitions here, Definitions now) {
        bench.await(here.follow(now));
    }

    private static Definitions services(RegisterService... services) {
        return new Definitions(List.of(services), List.of());
    }

    private List<String> names() {
        return bench.catalog.defaultPartition().node(null, NODE).value().orElseThrow().services().stream()
                .map(each -> each.value().id())
                .toList();
    }

    private boolean hasCheck(String id) {
        return bench.catalog.defaultPartition().check(NODE, id).isPresent();
    }

    @Test
    void servicesAndChecksOfTheFilesAreRegistered() {
        CheckSpec ofRedis = new CheckSpec("alone", "alone", "redis", "", "", ttl(AgentBench.TEN_MINUTES));

        follow(definitions, new Definitions(List.of(withSidecar(REDIS, ttl("", "", "passing"))), List.of(ofRedis)));

        assertThat(names()).contains("redis", "redis-sidecar-proxy");
        assertThat(bench.check("service:redis").status()).isEqualTo(Check.PASSING);
        assertThat(bench.check("alone").serviceName()).isEqualTo("redis");
    }

    @Test
    void whatLeftTheFilesGoesWithItsSidecarAndItsChecksAndWhatClientsRegisteredStays() {
        bench.await(clients.registerService(Caller.ANONYMOUS, PartitionName.DEFAULT, plain(WEB)));
        follow(definitions, services(withSidecar(REDIS, ttl("", "", ""))));

        follow(definitions, Definitions.NONE);

        assertThat(names()).contains("web-1").doesNotContain("redis", "redis-sidecar-proxy");
        assertThat(hasCheck("service:redis")).isFalse();
        assertThat(hasCheck("service:redis-sidecar-proxy:1")).isFalse();
    }

    @Test
    void aCheckThatItsServiceLostGoesAndOneThatAClientAddedStays() {
        follow(definitions, services(plain(REDIS, ttl("one", "", ""), ttl("two", "", ""))));
        bench.await(clients.registerCheck(
                Caller.ANONYMOUS,
                PartitionName.DEFAULT,
                new CheckSpec("mine", "mine", "redis", "", "", ttl(AgentBench.TEN_MINUTES))));

        follow(definitions, services(plain(REDIS, ttl("two", "", ""))));

        assertThat(hasCheck("one")).isFalse();
        assertThat(hasCheck("two")).isTrue();
        assertThat(hasCheck("mine")).isTrue();
    }

    @Test
    void whatAnEarlierProcessRegisteredFromItsFilesGoesToo() {
        follow(definitions, services(plain(REDIS)));

        follow(inNewProcess(), Definitions.NONE);

        assertThat(names()).doesNotContain("redis");
    }

    @Test
    void whatAClientRegistersAnewIsTheClientsAndOutlivesTheFile() {
        follow(definitions, services(plain(REDIS)));
        bench.await(clients.registerService(Caller.ANONYMOUS, PartitionName.DEFAULT, plain(REDIS.withPort(99))));

        follow(definitions, Definitions.NONE);

        assertThat(bench.service("redis").port()).isEqualTo(99);
    }

    @Test
    void whatAClientChangedOrRemovedIsAgainAsTheFileSays() {
        follow(definitions, services(plain(REDIS), plain(WEB)));
        bench.await(clients.registerService(Caller.ANONYMOUS, PartitionName.DEFAULT, plain(REDIS.withPort(99))));
        bench.await(clients.deregisterService(Caller.ANONYMOUS, PartitionName.DEFAULT, "web-1"));

        follow(definitions, services(plain(REDIS), plain(WEB)));

        assertThat(bench.service("redis").port()).isEqualTo(1234);
        assertThat(names()).contains("web-1");
    }

    @Test
    void aCheckKeepsItsStatusWhenTheFilesAreReadAgain() {
        follow(definitions, services(plain(REDIS, ttl("r", "", ""))));
        bench.await(clients.report(Caller.ANONYMOUS, PartitionName.DEFAULT, "r", "passing", "fine"));

        follow(definitions, services(plain(REDIS.withPort(7), ttl("r", "", ""))));

        assertThat(bench.check("r").status()).isEqualTo(Check.PASSING);
        assertThat(bench.check("r").output()).isEqualTo("fine");
    }

    @Test
    void aScriptIsRefusedByNameAndNothingChanges() {
        follow(definitions, services(plain(REDIS)));
        Definitions bad = services(plain(WEB, new CheckSpec("", "", "", "", "", AgentBench.script())));

        assertThatThrownBy(() -> follow(definitions, bad))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("service \"web\": ");
        assertThat(names()).contains("redis").doesNotContain("web-1");
    }
}
