package dev.entente.engine.peering;

import dev.entente.contract.Samples;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.PeeringId;
import dev.entente.domain.identity.Secret;
import dev.entente.domain.identity.TrustDomain;
import dev.entente.domain.token.CertificateSample;
import dev.entente.domain.token.PeeringToken;
import dev.entente.domain.trust.CaRoot;
import dev.entente.engine.access.AllowAll;
import dev.entente.engine.access.Authorizer;
import dev.entente.engine.access.Caller;
import dev.entente.engine.port.CaRoots;
import dev.entente.engine.port.CertificateAuthority;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.DialTarget;
import dev.entente.engine.port.Ids;
import dev.entente.engine.port.Keys;
import dev.entente.engine.port.PeerDialer;
import dev.entente.engine.port.PeeringStore.Held;
import dev.entente.engine.port.RecordKind;
import dev.entente.engine.port.ServiceRecord;
import dev.entente.engine.port.StreamLink;
import dev.entente.engine.port.StreamListener;
import dev.entente.engine.view.InstantView;
import dev.entente.fake.InMemoryLeases;
import dev.entente.fake.InMemoryPeeringStore;
import dev.entente.fake.InMemoryStreamStatuses;
import dev.entente.fake.VirtualLoop;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** One cluster in virtual time, with the real use cases of peerings over stores in memory. */
final class PeeringWorld implements CertificateAuthority, PeerDialer, Ids {
    static final Instant NOW = Instant.parse("2026-11-23T15:00:00Z");
    static final String PEM = "-----BEGIN CERTIFICATE-----\nroot\n-----END CERTIFICATE-----";

    final InstantView view = new InstantView();
    final InMemoryPeeringStore store = new InMemoryPeeringStore();
    final InMemoryStreamStatuses statuses = new InMemoryStreamStatuses();
    final VirtualLoop loop = new VirtualLoop();
    final InMemoryLeases leases = new InMemoryLeases(loop::nanoTime);
    final List<String> dialed = new ArrayList<>();
    final String clusterId;
    Function<Secret, Uni<Secret>> peer =
            secret -> Uni.createFrom().item(new Secret("stream secret for " + dialedCount()));

    PeeringWorld(String clusterId) {
        this.clusterId = clusterId;
    }

    private int dialedCount() {
        return dialed.size();
    }

    Peerings peerings() {
        return peerings(new PeeringSettings(true, true, "dc1", 8503), new AllowAll());
    }

    Peerings peerings(PeeringSettings settings, Authorizer authorizer) {
        PeeringGate gate = new PeeringGate(settings, authorizer, view);
        TlsMaterials tls = new TlsMaterials(this, settings);
        PeeringReads reads = new PeeringReads(view, statuses);
        return new StoredPeerings(
                gate,
                new TokenIssuer(gate, tls, new ServerAddresses(view), writes(), this, settings),
                new Establishment(
                        gate,
                        tls,
                        reads,
                        writes(),
                        new TokenRedemption(this, new MeshGateways(view), () -> loop, () -> 0.5),
                        this),
                reads,
                writes(),
                () -> NOW);
    }

    PeeringRecords records(PeeringSettings settings, Authorizer authorizer) {
        return new StoredPeeringRecords(new PeeringGate(settings, authorizer, view), authorizer, view, writes(), this);
    }

    PeeringWrites writes() {
        return new PeeringWrites(store, view);
    }

    SecretExchange exchange() {
        return new SecretExchange(store, writes(), this);
    }

    StreamAdmission admission() {
        return new StreamAdmission(store, writes());
    }

    PurgeLoop purge(String replica) {
        Purge purge = new Purge(
                new Purge.Ports(view, view, store, statuses, leases),
                writes(),
                new StreamFarewell(leases, () -> loop),
                replica);
        return new PurgeLoop(purge, view, loop, failure -> {
            throw new AssertionError(failure);
        });
    }

    /** A replica registers itself as servers do. */
    void server(String node, Map<String, String> tagged, Map<String, String> meta) {
        Service service = new Service(
                "",
                "consul",
                "consul",
                List.of(),
                "",
                Map.of(),
                meta,
                8300,
                "",
                dev.entente.domain.catalog.Weights.DEFAULT,
                false,
                dev.entente.domain.catalog.Proxy.NONE,
                dev.entente.domain.catalog.Connect.NONE);
        Samples.await(view.publish(
                PartitionName.DEFAULT,
                List.of(
                        Change.upsert(
                                RecordKind.NODE, node, 1, 1, new Node("", node, "10.0.0.1", "dc1", tagged, Map.of())),
                        Change.upsert(
                                RecordKind.SERVICE,
                                Keys.service(node, "consul"),
                                1,
                                1,
                                new ServiceRecord(node, service)))));
    }

    /** A token of another cluster. */
    static String tokenOf(String cluster, String... addresses) {
        return new PeeringToken(
                        List.of(CertificateSample.PEM),
                        List.of(),
                        List.of(addresses),
                        "server.dc1.peering." + cluster + ".consul",
                        "their id",
                        new Secret("establishment"),
                        "",
                        "dc2")
                .encode();
    }

    PeeringToken token(String peer) {
        return PeeringToken.decode(Samples.await(peerings()
                        .generateToken(Caller.ANONYMOUS, new Peerings.GenerateToken("", peer, Map.of(), List.of()))))
                .orThrow();
    }

    Held held(String name) {
        return stored(name).orElseThrow();
    }

    Optional<Held> stored(String name) {
        return Samples.await(store.byName(PartitionName.DEFAULT, new PeerName(name)));
    }

    PeeringId id(String name) {
        return held(name).peering().id();
    }

    /** Begins something that takes time; the caller lets it pass. */
    static <T> UniAssertSubscriber<T> begin(Uni<T> uni) {
        return uni.subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    @Override
    public Uni<CaRoots> roots() {
        CaRoot root = new CaRoot(
                "aa", "Consul CA Root", 7, "bb", clusterId + ".consul", NOW, NOW, PEM, List.of(), true, "ec", 256, 0);
        return Uni.createFrom().item(new CaRoots(TrustDomain.ofCluster(clusterId), "aa", List.of(root)));
    }

    @Override
    public Uni<Secret> exchangeSecret(DialTarget target, String peerId, Secret establishment) {
        dialed.add(target.address());
        return peer.apply(establishment);
    }

    @Override
    public StreamLink open(DialTarget target, StreamListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String uuid() {
        return UUID.randomUUID().toString();
    }

    @Override
    public Secret secret() {
        return new Secret(uuid());
    }
}
