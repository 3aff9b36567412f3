package dev.entente.engine.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.peering.Peering;
import dev.entente.engine.port.ChangeLog;
import dev.entente.engine.port.Keys;
import dev.entente.engine.port.LateCallException;
import dev.entente.engine.port.Lease;
import dev.entente.engine.port.RecordKind;
import dev.entente.engine.port.ServiceRecord;
import dev.entente.fake.VirtualLoop;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A list that has to wait for the view before it can be stored. */
class ImportsTest {
    private static final String ADDRESS = "10.0.0.1:8503";

    private final VirtualLoop time = new VirtualLoop();
    private final TestNetwork network = new TestNetwork(time);
    private final TestCluster dc1 = new TestCluster("dc1", time);
    private final TestCluster dc2 = new TestCluster("dc2", time);
    private final TestReplica acceptor = dc1.replica("a1", network);
    private final TestReplica dialer = dc2.replica("d1", network);
    private Imports imports;

    @BeforeEach
    void importOneService() {
        network.listen(ADDRESS, acceptor.sessions);
        dc1.servers(ADDRESS);
        dc1.change(RecordKind.NODE, Keys.node("n"), new Node("", "n", "10.0.0.1", "dc1", Map.of(), Map.of()));
        dc1.change(
                RecordKind.SERVICE,
                Keys.service("n", "web"),
                new ServiceRecord("n", Service.typical("web", "web", 80)));
        dc1.export("to-dc2", "web");
        dc1.acceptFrom(dc2, ADDRESS);
        dialer.supervisor.start();
        time.advance(Duration.ofSeconds(1));
        Peering peering = dc2.peering("to-dc1");
        ReplicationPorts real = dialer.ports(dc2.leases);
        Lease lease = dc2.leases
                .acquire(PartitionName.DEFAULT, "of this test", "d1", Duration.ofMinutes(1))
                .await()
                .indefinitely()
                .orElseThrow();
        ReplicationPorts ports = new ReplicationPorts(
                real.view(),
                oneAheadOfTheView(),
                real.leases(),
                real.claim(),
                real.statuses(),
                real.peerings(),
                real.notices(),
                real.addresses(),
                real.clock(),
                real.ids());
        imports = new Imports(ports, peering, lease);
        assertThat(dialer.imported("to-dc1", "web")).hasSize(1);
    }

    /** As when somebody has just written. */
    private ChangeLog oneAheadOfTheView() {
        return (ChangeLog) Proxy.newProxyInstance(
                ChangeLog.class.getClassLoader(),
                new Class<?>[] {ChangeLog.class},
                (log, method, arguments) -> method.getName().equals("position")
                        ? dc2.log.position(PartitionName.DEFAULT).map(position -> position + 1)
                        : method.invoke(dc2.log, arguments));
    }

    private void viewCatchesUp() {
        dc2.change(RecordKind.NODE, Keys.node("m"), new Node("", "m", "10.0.0.2", "dc2", Map.of(), Map.of()));
        time.advance(Duration.ofMillis(100));
    }

    private UniAssertSubscriber<Void> listOfNothing() {
        UniAssertSubscriber<Void> listed =
                imports.list(List.of()).subscribe().withSubscriber(UniAssertSubscriber.create());
        listed.assertNotTerminated();
        return listed;
    }

    @Test
    void aListRemovesWhatItDoesNotNameOnceTheViewShowsAllThatWasStored() {
        UniAssertSubscriber<Void> listed = listOfNothing();
        viewCatchesUp();

        listed.assertCompleted();
        assertThat(dialer.imported("to-dc1", "web")).isEmpty();
    }

    @Test
    void aListOfAStreamThatEndedMeanwhileRemovesNothing() {
        UniAssertSubscriber<Void> listed = listOfNothing();
        imports.close();
        viewCatchesUp();

        listed.assertFailedWith(LateCallException.class);
        assertThat(dialer.imported("to-dc1", "web")).hasSize(1);
    }
}
