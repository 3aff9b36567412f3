package dev.entente.boot;

import dev.entente.config.AgentConfiguration;
import dev.entente.config.AgentSettings;
import dev.entente.config.InvalidConfigException;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import dev.entente.engine.agent.AgentControl;
import dev.entente.engine.agent.DeadNodes;
import dev.entente.engine.agent.Definitions;
import dev.entente.engine.agent.LocalDefinitions;
import dev.entente.engine.agent.NodeLeaseLoop;
import dev.entente.engine.port.EventLoops;
import dev.entente.engine.port.LogLines;
import dev.entente.telemetry.LogStream;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Does with this process what an operator asks through the API. */
@Singleton
final class ProcessControl implements AgentControl {
    private static final Logger LOG = Logger.getLogger("dev.entente.boot");
    /** So that whoever asked has the answer before the port closes. */
    private static final Duration BEFORE_THE_END = Duration.ofMillis(200);

    private static volatile @Nullable Supplier<AgentConfiguration> configuration;

    private final AgentSettings settings;
    private final NodeLeaseLoop nodeLease;
    private final DeadNodes nodes;
    private final LocalDefinitions definitions;
    private final HttpsCertificate certificate;
    private final LogStream log;
    private final EventLoops loops;

    ProcessControl(
            AgentSettings settings,
            NodeLeaseLoop nodeLease,
            DeadNodes nodes,
            LocalDefinitions definitions,
            HttpsCertificate certificate,
            LogStream log,
            EventLoops loops) {
        this.settings = settings;
        this.nodeLease = nodeLease;
        this.nodes = nodes;
        this.definitions = definitions;
        this.certificate = certificate;
        this.log = log;
        this.loops = loops;
    }

    /** Says where the configuration is read from when it is read again. */
    static void readAgainFrom(Supplier<AgentConfiguration> source) {
        configuration = source;
    }

    /** A hangup means the same as the call. */
    void listen(@Observes StartupEvent event) {
        ProcessSignals.on(
                "HUP",
                () -> reload().subscribe()
                        .with(
                                done -> {},
                                trouble -> LOG.warnf("configuration not read again reason=%s", trouble.getMessage())));
    }

    @Override
    public Uni<Void> reload() {
        return Uni.createFrom()
                .item(this::read)
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .invoke(now -> follow(now.settings()))
                .chain(now -> definitions.follow(now.definitions()));
    }

    /** Without a command line there are no files either. */
    private AgentConfiguration read() {
        Supplier<AgentConfiguration> source = configuration;
        try {
            AgentConfiguration now =
                    source == null ? new AgentConfiguration(settings, Definitions.NONE, List.of()) : source.get();
            certificate.readAgain();
            return now;
        } catch (InvalidConfigException e) {
            throw new RefusedException(Refusal.invalid("Reloading configuration failed: " + e.getMessage()));
        }
    }

    private void follow(AgentSettings now) {
        log.configure(LogLines.Level.valueOf(now.logLevel().name()));
        LOG.infof("configuration read again logLevel=%s", now.logLevel());
    }

    @Override
    public Uni<Void> leave() {
        return nodeLease
                .leave()
                .chain(() -> nodes.remove(settings.nodeName()))
                .invoke(() -> loops.next().after(BEFORE_THE_END, Quarkus::asyncExit));
    }
}
