package dev.entente.boot.wiring;

import dev.entente.boot.Leaving;
import dev.entente.checks.CheckRunner;
import dev.entente.config.AgentSettings;
import dev.entente.config.AgentSettings.Listener;
import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.agent.AntiEntropyLoop;
import dev.entente.engine.agent.DeadNodes;
import dev.entente.engine.agent.Definitions;
import dev.entente.engine.agent.EntriesLoop;
import dev.entente.engine.agent.LivenessLoop;
import dev.entente.engine.agent.LocalDefinitions;
import dev.entente.engine.agent.NodeLeaseLoop;
import dev.entente.engine.agent.RememberLoop;
import dev.entente.engine.peering.PurgeLoop;
import dev.entente.engine.port.ClusterStore;
import dev.entente.engine.port.EventLoop;
import dev.entente.engine.port.EventLoops;
import dev.entente.engine.port.StoreUnavailableException;
import dev.entente.engine.replication.DialSupervisor;
import dev.entente.engine.replication.Replication;
import dev.entente.engine.replication.StreamSessions;
import dev.entente.engine.view.LogView;
import dev.entente.engine.view.OutboxSweeper;
import dev.entente.engine.view.Topic;
import dev.entente.engine.view.View;
import dev.entente.grpc.GrpcBinding;
import dev.entente.grpc.GrpcListeners;
import dev.entente.grpc.TlsIdentity;
import dev.entente.pki.BuiltInCertificateAuthority;
import dev.entente.pki.ServerCertificate;
import dev.entente.telemetry.LogStream;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Starts what runs by itself, in the order of who needs whom, before the HTTP door opens; and stops it in the order that lets peers and
 * other replicas go on at once.
 */
@Singleton
final class Lifecycle {
    private static final Logger LOG = Logger.getLogger("dev.entente.boot");
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration START_PAUSE = Duration.ofMillis(250);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(2);
    private static final Duration CERTIFICATE_LOOK = Duration.ofMinutes(1);
    private static final Duration ROOTS_LOOK = Duration.ofHours(1);

    @Inject
    AgentSettings settings;

    @Inject
    ClusterStore cluster;

    @Inject
    LogView view;

    @Inject
    OutboxSweeper sweeper;

    @Inject
    NodeLeaseLoop nodeLease;

    @Inject
    LocalDefinitions local;

    @Inject
    Definitions definitions;

    @Inject
    DeadNodes nodes;

    @Inject
    LivenessLoop liveness;

    @Inject
    EntriesLoop entries;

    @Inject
    AntiEntropyLoop antiEntropy;

    @Inject
    RememberLoop remembered;

    @Inject
    CheckRunner checks;

    @Inject
    PurgeLoop purge;

    @Inject
    StreamSessions sessions;

    @Inject
    DialSupervisor dialing;

    @Inject
    Replication replication;

    @Inject
    GrpcListeners grpc;

    @Inject
    BuiltInCertificateAuthority authority;

    @Inject
    ServerCertificate certificate;

    @Inject
    EventLoops loops;

    private View.@Nullable Watch rootsWatch;
    private EventLoop.@Nullable Timer certificateTimer;
    private EventLoop.@Nullable Timer rootsTimer;

    void start(@Observes StartupEvent event) {
        long began = System.nanoTime();
        if (settings.logJson()) {
            LogStream.writeJson();
        }
        patiently(this::found)
                .chain(view::start)
                .chain(() -> patiently(nodeLease::start))
                .chain(() -> patiently(() -> local.follow(definitions)))
                .chain(this::openPlaintext)
                .chain(this::openTls)
                .await()
                .atMost(START_LIMIT);
        sweeper.start();
        remembered.start();
        liveness.start();
        entries.start();
        antiEntropy.start();
        checks.start();
        if (settings.peeringEnabled()) {
            purge.start();
            dialing.start();
        }
        LOG.infof("agent ready node=%s after=%dms", settings.nodeName(), (System.nanoTime() - began) / 1_000_000);
    }

    /** Before anything else asks for the cluster's id, and so makes one. */
    private Uni<Void> found() {
        return settings.connect()
                .clusterId()
                .map(cluster::foundAs)
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    /** On a busy machine the stores can be slower than the bound of one call; each step may be repeated, and the start has its own bound. */
    private static <T> Uni<T> patiently(Supplier<Uni<? extends T>> step) {
        return Uni.createFrom()
                .deferred(step)
                .onFailure(StoreUnavailableException.class)
                .retry()
                .withBackOff(START_PAUSE, START_PAUSE.multipliedBy(8))
                .expireIn(START_LIMIT.toMillis());
    }

    private void renewCertificate() {
        certificate
                .refresh()
                .subscribe()
                .with(
                        done -> {},
                        trouble -> LOG.warnf("server certificate not renewed reason=%s", trouble.getMessage()));
    }

    private void forgetOldRoots() {
        authority
                .prune()
                .subscribe()
                .with(done -> {}, trouble -> LOG.warnf("old roots not looked at reason=%s", trouble.getMessage()));
    }

    private Uni<Void> openPlaintext() {
        return grpc.startPlaintext(binding(settings.listeners().grpc())).replaceWithVoid();
    }

    /** Without a mesh there is no certificate to show, so no port either. */
    private Uni<Void> openTls() {
        if (!settings.connectEnabled()) {
            return Uni.createFrom().voidItem();
        }
        return patiently(authority::roots)
                .call(this::keepCertificateFresh)
                .map(roots -> roots.trustDomain().serverName(settings.datacenter()))
                .chain(name ->
                        grpc.startTls(binding(settings.listeners().grpcTls()), new TlsIdentity(certificate, name)))
                .replaceWithVoid();
    }

    private Uni<Void> keepCertificateFresh() {
        rootsWatch = view.watch(
                PartitionName.DEFAULT, Set.of(Topic.of(Topic.Subject.CA_ROOTS, null)), this::renewCertificate);
        certificateTimer = loops.next().every(CERTIFICATE_LOOK, this::renewCertificate);
        rootsTimer = loops.next().every(ROOTS_LOOK, this::forgetOldRoots);
        return patiently(certificate::refresh);
    }

    private static GrpcBinding binding(Listener listener) {
        return new GrpcBinding(List.of(listener.address()), listener.port());
    }

    void stop(@Observes ShutdownEvent event) {
        if (certificateTimer != null) {
            certificateTimer.cancel();
        }
        if (rootsTimer != null) {
            rootsTimer.cancel();
        }
        if (rootsWatch != null) {
            rootsWatch.close();
        }
        checks.stop();
        entries.stop();
        antiEntropy.stop();
        liveness.stop();
        dialing.stop();
        sessions.stop();
        replication.feeds().close();
        purge.stop();
        remembered.stop();
        sweeper.stop();
        bounded("leave", leave());
        bounded("close gRPC", grpc.stop());
        view.stop();
    }

    private Uni<Void> leave() {
        Uni<Void> left = nodeLease.leave();
        return Leaving.isWanted() ? left.chain(() -> nodes.remove(settings.nodeName())) : left;
    }

    /** The end of the process does not wait for a store that is gone. */
    private static void bounded(String doing, Uni<Void> work) {
        try {
            work.await().atMost(STOP_LIMIT);
        } catch (RuntimeException e) {
            LOG.debugf("stopped without it doing=%s reason=%s", doing, e.getMessage());
        }
    }
}
