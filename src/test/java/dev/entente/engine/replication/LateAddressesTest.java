package dev.entente.engine.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.catalog.Connect;
import dev.entente.domain.catalog.ImportedInstance;
import dev.entente.domain.catalog.ImportedService;
import dev.entente.domain.catalog.Instance;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Proxy;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.catalog.ServiceAddress;
import dev.entente.domain.catalog.VirtualAddresses;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.stream.ImportOperation;
import dev.entente.engine.port.Lease;
import dev.entente.fake.VirtualLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Imports that come while PostgreSQL is away, and what becomes of them without another word of the peer. */
class LateAddressesTest {
    private static final String ADDRESS = "10.0.0.1:8503";

    private final VirtualLoop time = new VirtualLoop();
    private final TestNetwork network = new TestNetwork(time);
    private final TestCluster dc1 = new TestCluster("dc1", time);
    private final TestCluster dc2 = new TestCluster("dc2", time);
    private final TestReplica acceptor = dc1.replica("a1", network);
    private final TestReplica dialer = dc2.replica("d1", network);

    private final List<Throwable> failures = new ArrayList<>();
    private final Map<String, List<ImportedInstance>> sent = new HashMap<>();
    private LateAddresses imports;

    @BeforeEach
    void peer() {
        network.listen(ADDRESS, acceptor.sessions);
        dc1.servers(ADDRESS);
        dc1.acceptFrom(dc2, ADDRESS);
        dialer.supervisor.start();
        time.advance(Duration.ofSeconds(1));
        Lease lease = dc2.leases
                .acquire(PartitionName.DEFAULT, "of this test", "d1", Duration.ofMinutes(10))
                .await()
                .indefinitely()
                .orElseThrow();
        Imports stored = new Imports(dialer.ports(dc2.leases), dc2.peering("to-dc1"), lease);
        imports = new LateAddresses(stored, time);
    }

    /** The peer sends a service with one more instance. */
    private void send(String name, String id) {
        Service web = Service.typical(id, name, 80).withMesh(Proxy.NONE, new Connect(true, null));
        Node node = new Node("", "node-of-" + id, "10.0.0.1", "dc1", Map.of(), Map.of());
        List<ImportedInstance> instances = sent.computeIfAbsent(name, key -> new ArrayList<>());
        instances.add(new ImportedInstance(node, web, List.of()));
        store(new ImportOperation.StoreService(new ImportedService(name, List.copyOf(instances))));
    }

    private void store(ImportOperation operation) {
        new LoopCalls(time).ask(imports.store(operation), done -> {}, failures::add);
        time.run();
    }

    private List<String> addressesOf(String service) {
        return dialer.imported("to-dc1", service).stream()
                .map(LateAddressesTest::address)
                .toList();
    }

    private static String address(Instance instance) {
        ServiceAddress address = instance.service().value().taggedAddresses().get(VirtualAddresses.TAG);
        return address == null ? "none" : address.address();
    }

    private void seconds(int seconds) {
        time.advance(Duration.ofSeconds(seconds));
    }

    @Test
    void whatComesWhilePostgresIsThereHasOneAtOnce() {
        send("web", "web-1");
        seconds(1);

        assertThat(addressesOf("web")).hasSize(1).doesNotContain("none");
    }

    @Test
    void whatCameWithoutAnAddressHasOneOncePostgresIsBack() {
        dc2.addresses.goAway();
        send("web", "web-1");
        seconds(100);
        assertThat(addressesOf("web")).containsExactly("none");

        dc2.addresses.comeBack();
        seconds(31);
        assertThat(addressesOf("web")).hasSize(1).doesNotContain("none");
    }

    @Test
    void manyAreServedOneAfterTheOther() {
        dc2.addresses.goAway();
        IntStream.range(0, 100).forEach(number -> send("s-" + number, "i-" + number));
        seconds(5);
        assertThat(addressesOf("s-99")).containsExactly("none");

        dc2.addresses.comeBack();
        seconds(31);
        assertThat(IntStream.range(0, 100).boxed().flatMap(number -> addressesOf("s-" + number).stream()))
                .hasSize(100)
                .doesNotContain("none")
                .doesNotHaveDuplicates();
    }

    @Test
    void itIsTheNewestStateThatIsGivenAnAddress() {
        dc2.addresses.goAway();
        send("web", "web-1");
        seconds(5);
        send("web", "web-2");
        seconds(5);
        assertThat(addressesOf("web")).containsExactly("none", "none");

        dc2.addresses.comeBack();
        seconds(31);
        assertThat(addressesOf("web")).hasSize(2).doesNotContain("none");
    }

    @Test
    void whatIsNoLongerExportedDoesNotComeBack() {
        dc2.addresses.goAway();
        send("web", "web-1");
        seconds(5);
        store(new ImportOperation.StoreList(List.of("api")));
        seconds(5);
        assertThat(addressesOf("web")).isEmpty();

        dc2.addresses.comeBack();
        seconds(100);
        assertThat(addressesOf("web")).isEmpty();
    }

    @Test
    void aStoreThatFailsMeanwhileIsTriedAgain() {
        dc2.addresses.goAway();
        send("web", "web-1");
        seconds(5);
        dc2.addresses.comeBack();
        dc2.log.goAway();
        seconds(40);
        dc2.log.failWith(null);
        seconds(40);

        assertThat(addressesOf("web")).hasSize(1).doesNotContain("none");
        assertThat(failures).isEmpty();
    }
}
