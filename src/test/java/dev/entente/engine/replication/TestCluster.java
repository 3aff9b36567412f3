package dev.entente.engine.replication;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.CheckDefinition;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.config.ExportedServicesEntry;
import dev.entente.domain.config.ExportedServicesEntry.Consumer;
import dev.entente.domain.config.ExportedServicesEntry.ExportedService;
import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.PeeringId;
import dev.entente.domain.identity.Secret;
import dev.entente.domain.identity.TrustDomain;
import dev.entente.domain.peering.Peering;
import dev.entente.domain.peering.PeeringSecrets;
import dev.entente.domain.peering.PeeringState;
import dev.entente.domain.peering.Remote;
import dev.entente.domain.peering.StreamStatus;
import dev.entente.domain.trust.CaRoot;
import dev.entente.engine.port.CaRoots;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.ChangeLog.Beginning;
import dev.entente.engine.port.Keys;
import dev.entente.engine.port.PeeringStore.Decision;
import dev.entente.engine.port.RecordKind;
import dev.entente.engine.port.ServiceRecord;
import dev.entente.fake.InMemoryAddresses;
import dev.entente.fake.InMemoryChangeLog;
import dev.entente.fake.InMemoryLeases;
import dev.entente.fake.InMemoryPeeringStore;
import dev.entente.fake.InMemoryStreamStatuses;
import dev.entente.fake.VirtualLoop;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The stores of one cluster in memory, and its replicas; all clusters of a test share one virtual time. */
final class TestCluster {
    static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

    final String datacenter;
    final VirtualLoop time;
    final InMemoryLeases leases;
    final InMemoryChangeLog log;
    final InMemoryStreamStatuses statuses = new InMemoryStreamStatuses();
    final InMemoryPeeringStore store = new InMemoryPeeringStore();
    final InMemoryAddresses addresses = new InMemoryAddresses();
    final List<TestReplica> replicas = new ArrayList<>();
    private long version;

    TestCluster(String datacenter, VirtualLoop time) {
        this.datacenter = datacenter;
        this.time = time;
        this.leases = new InMemoryLeases(time::nanoTime);
        this.log = new InMemoryChangeLog(leases::isHeld, time);
        log.begin(PartitionName.DEFAULT, Uni.createFrom().item(new Beginning(1, 0, List.of())))
                .await()
                .indefinitely();
        change(RecordKind.CA_ROOTS, "roots", roots());
    }

    private CaRoots roots() {
        CaRoot root =
                new CaRoot("id", "n", 1, "k", "", START, START, "pem of " + datacenter, List.of(), true, "ec", 256, 0);
        return new CaRoots(new TrustDomain(datacenter + ".consul"), "id", List.of(root));
    }

    TestReplica replica(String name, TestNetwork network) {
        TestReplica replica = new TestReplica(this, name, network);
        replicas.add(replica);
        return replica;
    }

    void change(RecordKind kind, String key, Object value) {
        version++;
        append(Change.upsert(kind, key, version, version, value));
    }

    void remove(RecordKind kind, String key) {
        version++;
        append(Change.removal(kind, key, version));
    }

    /** Two roots, as between a rotation and the day when the old one is forgotten. */
    void rotateRoots() {
        CaRoots before = roots();
        CaRoot newer = new CaRoot(
                "id2", "n", 2, "k", "", START, START, "new pem of " + datacenter, List.of(), true, "ec", 256, 0);
        List<CaRoot> both = new ArrayList<>(before.roots());
        both.add(newer);
        change(RecordKind.CA_ROOTS, "roots", new CaRoots(before.trustDomain(), "id2", both));
    }

    private void append(Change change) {
        log.append(PartitionName.DEFAULT, List.of(change), Optional.empty())
                .await()
                .indefinitely();
    }

    /** Registers an instance on a node of its own, with one check. */
    void register(String service, String id, String status) {
        String node = "node-of-" + id;
        change(RecordKind.NODE, Keys.node(node), new Node("", node, "10.0.0.1", datacenter, Map.of(), Map.of()));
        change(RecordKind.SERVICE, Keys.service(node, id), new ServiceRecord(node, Service.typical(id, service, 80)));
        flip(service, id, status);
    }

    void flip(String service, String id, String status) {
        String node = "node-of-" + id;
        Check check = new Check(
                node,
                "c-" + id,
                "alive",
                status,
                "",
                "",
                id,
                service,
                List.of(),
                "ttl",
                "",
                "",
                0,
                CheckDefinition.NONE);
        change(RecordKind.CHECK, Keys.check(node, check.id()), check);
    }

    void export(String peer, String... services) {
        List<ExportedService> exported = new ArrayList<>();
        for (String service : services) {
            exported.add(new ExportedService(service, "", List.of(new Consumer("", peer))));
        }
        change(
                RecordKind.CONFIG_ENTRY,
                Keys.configEntry(ExportedServicesEntry.KIND, "default"),
                new ExportedServicesEntry("default", exported, Map.of()));
    }

    /** Where the servers of this cluster are dialed. */
    void servers(String... addresses) {
        for (String address : addresses) {
            String[] parts = address.split(":");
            String node = "server-" + address;
            Service consul = Service.typical("consul", "consul", 8300);
            change(RecordKind.NODE, Keys.node(node), new Node("", node, parts[0], datacenter, Map.of(), Map.of()));
            change(
                    RecordKind.SERVICE,
                    Keys.service(node, "consul"),
                    new ServiceRecord(
                            node,
                            new Service(
                                    "",
                                    "consul",
                                    "consul",
                                    List.of(),
                                    "",
                                    Map.of(),
                                    Map.of("grpc_tls_port", parts[1]),
                                    8300,
                                    "",
                                    consul.weights(),
                                    false,
                                    consul.proxy(),
                                    consul.connect())));
        }
    }

    /** Writes a peering as its commands would, and publishes it. */
    void write(Peering peering, PeeringSecrets secrets) {
        store.decide(peering.partition(), peering.name(), held -> Outcome.accepted(new Decision<>(peering, secrets, 0)))
                .await()
                .indefinitely()
                .changes()
                .forEach(this::append);
    }

    Peering peering(String name) {
        return store.byName(PartitionName.DEFAULT, new PeerName(name))
                .await()
                .indefinitely()
                .orElseThrow()
                .peering();
    }

    /** Marks a peering as DELETE does; the purge is not part of these tests. */
    void markDeleted(String name) {
        Peering peering = peering(name);
        write(
                new Peering(
                        peering.id(),
                        peering.partition(),
                        peering.name(),
                        PeeringState.DELETING,
                        START,
                        Map.of(),
                        "",
                        List.of(),
                        "",
                        peering.serverAddresses(),
                        peering.remote()),
                PeeringSecrets.NONE);
    }

    StreamStatus status(String peer) {
        return statuses.get(PartitionName.DEFAULT, peering(peer).id())
                .await()
                .indefinitely()
                .orElse(StreamStatus.NONE);
    }

    /** Peers the clusters as a token would: this one accepts, the other one dials it. */
    void acceptFrom(TestCluster dialer, String... addresses) {
        Secret secret = new Secret("5ec2e700-0000-0000-0000-000000000" + dialer.datacenter);
        PeeringId mine = new PeeringId("11111111-1111-1111-1111-111111111111");
        PeeringId theirs = new PeeringId("22222222-2222-2222-2222-222222222222");
        write(
                record(mine, "to-" + dialer.datacenter, PeeringState.PENDING, "", List.of()),
                new PeeringSecrets(null, secret.hash(), null, null));
        dialer.write(
                record(theirs, "to-" + datacenter, PeeringState.ESTABLISHING, mine.value(), List.of(addresses)),
                new PeeringSecrets(null, null, null, secret));
    }

    /** The other one, which dials this one already, uses a token of a second peering of this one. */
    void acceptOnceMoreFrom(TestCluster dialer, String... addresses) {
        Secret secret = new Secret("5ec2e701-0000-0000-0000-000000000" + dialer.datacenter);
        PeeringId mine = new PeeringId("33333333-3333-3333-3333-333333333333");
        write(
                record(mine, "again-" + dialer.datacenter, PeeringState.PENDING, "", List.of()),
                new PeeringSecrets(null, secret.hash(), null, null));
        PeerName name = new PeerName("to-" + datacenter);
        dialer.write(
                record(
                        dialer.peering(name.value()).id(),
                        name.value(),
                        PeeringState.ESTABLISHING,
                        mine.value(),
                        List.of(addresses)),
                new PeeringSecrets(null, null, null, secret));
    }

    private static Peering record(
            PeeringId id, String name, PeeringState state, String peerId, List<String> addresses) {
        return new Peering(
                id,
                PartitionName.DEFAULT,
                new PeerName(name),
                state,
                null,
                Map.of(),
                peerId,
                List.of("pem"),
                "server",
                addresses,
                Remote.UNKNOWN);
    }
}
