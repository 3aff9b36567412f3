package dev.entente.grpc;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.PeeringId;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import dev.entente.domain.identity.Secret;
import dev.entente.domain.identity.TrustDomain;
import dev.entente.domain.peering.Peering;
import dev.entente.domain.peering.SecretChange;
import dev.entente.domain.trust.CaConfiguration;
import dev.entente.domain.trust.TrustBundle;
import dev.entente.engine.access.Caller;
import dev.entente.engine.peering.PeeringRecords;
import dev.entente.engine.peering.Peerings;
import dev.entente.engine.port.DialTarget;
import dev.entente.engine.port.StreamAcceptor;
import dev.entente.engine.port.StreamLink;
import dev.entente.engine.port.StreamListener;
import dev.entente.engine.view.Found;
import dev.entente.fake.CountingPublisher;
import dev.entente.fake.InMemoryCaStore;
import dev.entente.fake.LoneCluster;
import dev.entente.pki.BuiltInCertificateAuthority;
import dev.entente.pki.ServerCertificate;
import io.netty.channel.EventLoopGroup;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/** A cluster as its peers see it: two ports on loopback, a certificate authority, and an engine that only records. */
final class Cluster implements StreamAcceptor, Peerings, PeeringRecords {
    static final String SECRET = "72356e18-344e-5691-fdd5-8b54c690f4a7";

    /** A stream that came in. */
    record Accepted(StreamLink link, RecordingListener heard) {}

    final String serverName;
    final BuiltInCertificateAuthority authority;
    final ServerCertificate certificate;
    final GrpcListeners listeners;
    final BlockingQueue<Accepted> accepted = new LinkedBlockingQueue<>();
    final BlockingQueue<Caller> callers = new LinkedBlockingQueue<>();
    final BlockingQueue<Peering> written = new LinkedBlockingQueue<>();
    final BlockingQueue<SecretChange> secretChanges = new LinkedBlockingQueue<>();
    final RecordingMeters measured = new RecordingMeters();
    final CallMeters meters = new CallMeters(measured);
    int plaintextPort;
    int tlsPort;

    Cluster(String id, EventLoopGroup loops) {
        this(id, loops, new StreamCodec());
    }

    Cluster(String id, EventLoopGroup loops, StreamCodec codec) {
        serverName = "server.dc1.peering." + id + ".consul";
        authority = new BuiltInCertificateAuthority(
                new InMemoryCaStore(),
                new LoneCluster(id),
                new CountingPublisher(),
                new BuiltInCertificateAuthority.Surroundings(CaConfiguration.DEFAULT, Instant::now, Runnable::run));
        certificate = new ServerCertificate(authority, "dc1", Instant::now);
        listeners = new GrpcListeners(loops, this, api(), codec, meters);
    }

    GrpcListeners.PeeringApi api() {
        return new GrpcListeners.PeeringApi(this, this);
    }

    Cluster start() {
        certificate.refresh().await().indefinitely();
        GrpcBinding anyPort = new GrpcBinding(List.of("127.0.0.1"), 0);
        plaintextPort = listeners.startPlaintext(anyPort).await().indefinitely();
        tlsPort = listeners
                .startTls(anyPort, new TlsIdentity(certificate, serverName))
                .await()
                .indefinitely();
        return this;
    }

    List<String> caPems() {
        return authority.roots().await().indefinitely().roots().stream()
                .map(root -> root.rootCert())
                .toList();
    }

    DialTarget overTls() {
        return new DialTarget("127.0.0.1:" + tlsPort, serverName, caPems());
    }

    DialTarget inPlaintext() {
        return new DialTarget("127.0.0.1:" + plaintextPort, "", List.of());
    }

    Accepted nextStream() throws InterruptedException {
        Accepted next = accepted.poll(10, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no stream came in");
        }
        return next;
    }

    @Override
    public StreamListener accept(StreamLink link) {
        RecordingListener heard = new RecordingListener();
        accepted.add(new Accepted(link, heard));
        return heard;
    }

    @Override
    public Uni<Secret> exchangeSecret(String peerId, Secret establishment) {
        if (establishment.reveal().equals(SECRET)) {
            return Uni.createFrom().item(new Secret("stream-secret-of-" + peerId));
        }
        return Uni.createFrom()
                .failure(new RefusedException(
                        new Refusal(Refusal.Kind.PERMISSION_DENIED, "invalid peering establishment secret")));
    }

    @Override
    public Uni<String> generateToken(Caller caller, GenerateToken command) {
        callers.add(caller);
        return Uni.createFrom().item("token for " + command.peerName() + " " + command.serverExternalAddresses());
    }

    @Override
    public Uni<Void> establish(Caller caller, Establish command) {
        callers.add(caller);
        return Uni.createFrom()
                .failure(new RefusedException(Refusal.invalid("peering token server addresses value is empty")));
    }

    @Override
    public Uni<Optional<Shown>> read(Caller caller, PartitionName partition, String name) {
        callers.add(caller);
        return Uni.createFrom().item(Optional.empty());
    }

    @Override
    public Uni<List<Shown>> list(Caller caller, PartitionName partition) {
        callers.add(caller);
        return Uni.createFrom().failure(new IllegalStateException("a detail that nobody may read"));
    }

    @Override
    public Uni<Void> delete(Caller caller, PartitionName partition, String name) {
        callers.add(caller);
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Found<Optional<HeldBundle>>> trustBundle(Caller caller, String partition, String peer) {
        callers.add(caller);
        TrustBundle bundle = new TrustBundle(new TrustDomain("far.consul"), List.of("pem"), "");
        return Uni.createFrom()
                .item(new Found<>(
                        9,
                        peer.equals("far")
                                ? Optional.of(new HeldBundle(new PeerName("far"), bundle, 3, 7))
                                : Optional.empty()));
    }

    @Override
    public Uni<Found<List<HeldBundle>>> trustBundles(Caller caller, BundlesQuery query) {
        callers.add(caller);
        return query.service().isEmpty()
                ? Uni.createFrom().failure(new RefusedException(Refusal.invalid("missing service name")))
                : trustBundle(caller, "", "far").map(found -> found.map(bundle -> List.of(bundle.orElseThrow())));
    }

    @Override
    public Uni<Void> write(
            Caller caller,
            String partition,
            BiFunction<PartitionName, PeeringId, Peering> wanted,
            SecretChange secrets) {
        callers.add(caller);
        written.add(wanted.apply(PartitionName.DEFAULT, new PeeringId("99999999-2222-3333-4444-555555555555")));
        secretChanges.add(secrets);
        return Uni.createFrom().voidItem();
    }
}
