package dev.entente.grpc;

import dev.entente.engine.peering.PeeringRecords;
import dev.entente.engine.peering.Peerings;
import dev.entente.engine.port.StreamAcceptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.EventExecutor;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jboss.logging.Logger;

/**
 * The gRPC ports (protocol chapter 2.2): one in plaintext, one with TLS. Both offer the same services; what peers may reach over TLS
 * is narrowed by {@link PeersOnlyUnderPeeringName}.
 *
 * <p>Calls run on the event loops given, which must be NIO loops and are not closed here.
 */
public final class GrpcListeners {
    private static final Logger LOG = Logger.getLogger(GrpcListeners.class);

    private final EventLoopGroup loops;
    private final List<ServerServiceDefinition> services;
    private final HealthStatusManager health = new HealthStatusManager();
    private final WaitingRoom connections = new WaitingRoom(Limits.MAX_CONNECTIONS, Limits.MAX_CONNECTIONS_OF_ADDRESS);
    private final WaitingRoom unproven =
            new WaitingRoom(Limits.MAX_UNPROVEN_CALLS, Limits.MAX_UNPROVEN_CALLS_OF_ADDRESS);
    private final CallMeters meters;
    private final List<Server> running = new CopyOnWriteArrayList<>();

    /** What the peering service offers. */
    public record PeeringApi(Peerings peerings, PeeringRecords records) {}

    public GrpcListeners(
            EventLoopGroup loops, StreamAcceptor acceptor, PeeringApi api, StreamCodec codec, CallMeters meters) {
        this.loops = loops;
        this.meters = meters;
        this.services = List.of(
                new PeerStreamDoor(acceptor, codec, unproven).definition(),
                new PeeringDoor(api.peerings(), api.records()).definition(),
                health.getHealthService().bindService(),
                ProtoReflectionServiceV1.newInstance().bindService());
        services.forEach(
                service -> health.setStatus(service.getServiceDescriptor().getName(), ServingStatus.SERVING));
    }

    /** Starts the plaintext port and gives its number; -1 when it is off. */
    public Uni<Integer> startPlaintext(GrpcBinding binding) {
        return binding.isOff() ? off() : start(() -> builder(binding));
    }

    /** Starts the TLS port and gives its number; -1 when it is off. */
    public Uni<Integer> startTls(GrpcBinding binding, TlsIdentity identity) {
        if (binding.isOff()) {
            return off();
        }
        return start(() -> builder(binding)
                .sslContext(tls(identity))
                .intercept(new PeersOnlyUnderPeeringName(identity.peeringServerName())));
    }

    /** Closes both ports and cuts what is still open. */
    public Uni<Void> stop() {
        return offLoop(() -> {
                    health.enterTerminalState();
                    connections.close();
                    awaitArrivals();
                    running.forEach(Server::shutdownNow);
                    for (Server server : running) {
                        server.awaitTermination(Limits.STOP_SECONDS, TimeUnit.SECONDS);
                    }
                    return running.removeAll(List.copyOf(running));
                })
                .replaceWithVoid();
    }

    /**
     * A connection is accepted by one loop and set up by another, a little later. grpc-java gives up what it needs for that as soon as the
     * ports are closed, and throws at those on their way. So they come first: after one round of the loops nothing more is handed over,
     * and after another all that was handed over is set up. A loop that is held up is not waited for long.
     */
    private void awaitArrivals() throws InterruptedException {
        aRoundOfLoops();
        aRoundOfLoops();
    }

    private void aRoundOfLoops() throws InterruptedException {
        List<EventExecutor> alive = new ArrayList<>();
        loops.forEach(loop -> {
            if (!loop.isShuttingDown()) {
                alive.add(loop);
            }
        });
        CountDownLatch passed = new CountDownLatch(alive.size());
        alive.forEach(loop -> loop.execute(passed::countDown));
        if (!passed.await(Limits.ARRIVAL_MILLIS, TimeUnit.MILLISECONDS)) {
            LOG.debug("closing the gRPC ports while an event loop is held up");
        }
    }

    private static Uni<Integer> off() {
        return Uni.createFrom().item(-1);
    }

    private Uni<Integer> start(Task<NettyServerBuilder> prepare) {
        return offLoop(() -> {
            Server server = prepare.run().build().start();
            running.add(server);
            return server.getPort();
        });
    }

    private NettyServerBuilder builder(GrpcBinding binding) {
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                        new InetSocketAddress(binding.hosts().get(0), binding.port()))
                .channelFactory(() -> new BoundedServerSocket(connections))
                .bossEventLoopGroup(loops)
                .workerEventLoopGroup(loops)
                .directExecutor()
                .handshakeTimeout(Limits.ACCEPT_HANDSHAKE_SECONDS, TimeUnit.SECONDS)
                .flowControlWindow(Limits.FLOW_CONTROL_WINDOW)
                .maxRstFramesPerWindow(Limits.MAX_RESETS, Limits.RESETS_WINDOW_SECONDS)
                .addStreamTracerFactory(UnprovenBytes.counters())
                .addTransportFilter(meters)
                .intercept(meters)
                .intercept(new UnprovenCalls(unproven))
                .maxInboundMessageSize(Limits.MAX_INBOUND_MESSAGE)
                .maxConcurrentCallsPerConnection(Limits.MAX_STREAMS_PER_CONNECTION)
                .permitKeepAliveTime(Limits.MIN_PING_INTERVAL_SECONDS, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .keepAliveTime(Limits.PING_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(Limits.PING_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .maxConnectionIdle(Limits.IDLE_CONNECTION_SECONDS, TimeUnit.SECONDS);
        binding.hosts().stream()
                .skip(1)
                .forEach(host -> builder.addListenAddress(new InetSocketAddress(host, binding.port())));
        services.forEach(builder::addService);
        return builder;
    }

    private static SslContext tls(TlsIdentity identity) throws SSLException {
        return GrpcSslContexts.configure(SslContextBuilder.forServer(identity.certificate()), SslProvider.JDK)
                .protocols("TLSv1.3", "TLSv1.2")
                .clientAuth(ClientAuth.NONE)
                .build();
    }

    /** Binding and closing wait for the event loops, so they must not run on one. */
    private static <T> Uni<T> offLoop(Task<T> task) {
        return Uni.createFrom().item(() -> unchecked(task)).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private static <T> T unchecked(Task<T> task) {
        try {
            return task.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the gRPC ports were closing", e);
        }
    }

    /** Work that may fail with the exceptions of sockets. */
    @FunctionalInterface
    private interface Task<T> {
        T run() throws IOException, InterruptedException;
    }
}
