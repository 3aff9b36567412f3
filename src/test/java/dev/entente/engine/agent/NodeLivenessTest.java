package dev.entente.engine.agent;

import static dev.entente.engine.agent.AgentBench.NODE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.CheckReport;
import dev.entente.fake.InMemoryLeases;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NodeLivenessTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private final AgentBench bench = new AgentBench();
    private final InMemoryLeases leases = new InMemoryLeases(bench.loop::nanoTime);
    private final NodeLeaseLoop node =
            new NodeLeaseLoop(leases, bench.own, bench.reports, bench.catalog, bench.loop, bench.settings);
    private final LivenessLoop judge = new LivenessLoop(
            leases,
            bench.reports,
            bench.catalog,
            bench.loop,
            "process-2",
            new LivenessLoop.Reaping(
                    new LongDead(LongDead.USUAL, bench.loop::nanoTime),
                    new DeadNodes(bench.store, bench.catalog, bench.catalog)));

    @Test
    void aStartedNodeLooksAsAConsulServer() {
        start();
        var shown = bench.catalog.defaultPartition().node(null, NODE).value().orElseThrow();
        assertThat(shown.node().value().id()).isEqualTo("7f70330d-5620-0704-e194-393c185fb972");
        assertThat(bench.service("consul").port()).isEqualTo(8300);
        assertThat(bench.service("consul").meta())
                .containsEntry("grpc_port", "8502")
                .containsEntry("grpc_tls_port", "8503")
                .containsEntry("raft_version", "3")
                .containsEntry("version", "1.14.0");
        assertThat(bench.check(Check.SERF_HEALTH).name()).isEqualTo("Serf Health Status");
    }

    @Test
    void aSecondProcessOfTheSameNameIsRefused() {
        hold("somebody-else", MINUTE);
        var started = node.start().subscribe().withSubscriber(UniAssertSubscriber.create());
        bench.loop.advance(Duration.ofSeconds(13));
        assertThat(started.getFailure())
                .isInstanceOf(NodeNameTakenException.class)
                .hasMessageContaining("another live process already runs as node \"srv1\"");
        assertThat(bench.catalog.published()).isEmpty();
    }

    @Test
    void aNameThatAKilledProcessLeftIsWaitedFor() {
        hold("killed", Duration.ofSeconds(9));
        var started = node.start().subscribe().withSubscriber(UniAssertSubscriber.create());
        bench.loop.advance(Duration.ofSeconds(10));
        started.assertCompleted();
    }

    @Test
    void aLivingNodeStaysPassing() {
        start();
        judge.start();
        bench.loop.advance(MINUTE);
        assertThat(bench.check(Check.SERF_HEALTH).status()).isEqualTo("passing");
    }

    @Test
    void aNodeWhoseLeaseLapsedIsCriticalWithinTenSecondsAndPassingOnReturn() {
        start();
        judge.start();
        bench.await(node.leave());
        bench.loop.advance(Duration.ofSeconds(10));
        assertThat(bench.check(Check.SERF_HEALTH).status()).isEqualTo("critical");
        assertThat(bench.check(Check.SERF_HEALTH).output()).isEqualTo("Agent not live or unreachable");

        hold("process-1", MINUTE);
        bench.loop.advance(Duration.ofSeconds(4));
        assertThat(bench.check(Check.SERF_HEALTH).status()).isEqualTo("passing");
    }

    @Test
    void aKilledNodeIsCriticalWithinTenSecondsAlsoWhenItWasTheJudge() {
        bench.await(leases.acquire(PartitionName.DEFAULT, "liveness", "killed", Duration.ofSeconds(4)));
        killed();
        judge.start();
        bench.loop.advance(Duration.ofSeconds(10));
        assertThat(bench.check(Check.SERF_HEALTH).status()).isEqualTo("critical");
    }

    @Test
    void aNodeThatIsDeadForThreeDaysLeavesTheCatalogWithItsServices() {
        killed();
        bench.register(AgentBench.ttl("x", "x", "passing"));
        judge.start();
        bench.loop.advance(Duration.ofHours(71));
        assertThat(bench.catalog.defaultPartition().node(null, NODE).value()).isPresent();
        bench.loop.advance(Duration.ofHours(2));
        assertThat(bench.catalog.defaultPartition().node(null, NODE).value()).isEmpty();
    }

    @Test
    void aNodeThatComesBackIsNotForgotten() {
        killed();
        judge.start();
        bench.loop.advance(Duration.ofHours(71));
        hold("process-1", Duration.ofMinutes(1));
        bench.loop.advance(Duration.ofMinutes(2));
        bench.loop.advance(Duration.ofHours(2));
        assertThat(bench.catalog.defaultPartition().node(null, NODE).value()).isPresent();
    }

    @Test
    void aNodeThatNoReplicaRegisteredIsNotJudged() {
        bench.register(AgentBench.ttl("x", "x", "passing"));
        bench.await(bench.agent.nodeMaintenance(
                dev.entente.engine.access.Caller.ANONYMOUS, PartitionName.DEFAULT, true, ""));
        judge.start();
        bench.loop.advance(MINUTE);
        assertThat(bench.check("x").status()).isEqualTo("passing");
        assertThat(bench.check(Check.SERF_HEALTH).status()).isEqualTo("critical");
    }

    @Test
    void whatSomebodyTookAwayComesBack() {
        start();
        bench.await(bench.own.reapService(PartitionName.DEFAULT, "consul"));
        bench.loop.advance(Duration.ofSeconds(4));
        assertThat(bench.catalog.defaultPartition().serviceOn(NODE, "consul")).isPresent();
    }

    @Test
    void equalReportsAreDroppedAndNewOnesRememberedOnceASecond() {
        start();
        bench.remembered.start();
        int before = bench.catalog.published().size();
        report("passing", OwnNode.ALIVE);
        assertThat(bench.catalog.published()).hasSize(before);
        report("critical", "gone");
        assertThat(bench.catalog.published()).hasSize(before + 1);

        bench.loop.advance(Duration.ofMillis(1100));
        assertThat(bench.store.durableRecords(PartitionName.DEFAULT))
                .anyMatch(change -> change.value() instanceof Check check
                        && check.id().equals(Check.SERF_HEALTH)
                        && check.output().equals("gone"));
    }

    private void report(String status, String output) {
        bench.await(bench.reports.report(
                PartitionName.DEFAULT, NODE, Check.SERF_HEALTH, new CheckReport(status, output, 0)));
    }

    /** A node whose process was killed right after it renewed its lease. */
    private void killed() {
        bench.await(bench.own.addNode());
        hold("process-1", NodeLeaseLoop.VALIDITY);
    }

    private void start() {
        bench.await(node.start());
    }

    private void hold(String owner, Duration validity) {
        bench.await(leases.acquire(PartitionName.DEFAULT, NodeLeaseLoop.leaseOf(NODE), owner, validity));
    }
}
