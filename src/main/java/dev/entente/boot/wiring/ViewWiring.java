package dev.entente.boot.wiring;

import dev.entente.config.AgentSettings;
import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.access.AllowAll;
import dev.entente.engine.access.Authorizer;
import dev.entente.engine.port.ChangeLog;
import dev.entente.engine.port.Clock;
import dev.entente.engine.port.ClusterStore;
import dev.entente.engine.port.EventLoops;
import dev.entente.engine.port.Ids;
import dev.entente.engine.port.Outbox;
import dev.entente.engine.telemetry.Meters;
import dev.entente.engine.view.LogPublisher;
import dev.entente.engine.view.LogView;
import dev.entente.engine.view.OutboxSweeper;
import dev.entente.engine.view.Publisher;
import dev.entente.engine.view.Recovery;
import dev.entente.telemetry.MeteredReads;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Makes the read view, what writes to the log, and the small things that all rooms use. */
@Singleton
final class ViewWiring {
    private static final Logger LOG = Logger.getLogger("dev.entente.view");
    private static final Duration SWEEP_PERIOD = Duration.ofMillis(500);

    @Produces
    @Singleton
    VertxEventLoops eventLoops(Vertx vertx) {
        return new VertxEventLoops(vertx);
    }

    void end(@Disposes VertxEventLoops loops) {
        loops.close();
    }

    @Produces
    @Singleton
    Clock clock() {
        return Instant::now;
    }

    @Produces
    @Singleton
    Ids ids() {
        return new SecureIds();
    }

    @Produces
    @Singleton
    Replica replica(
            AgentSettings settings, Ids ids, @ConfigProperty(name = "entente.replica.owner") Optional<String> owner) {
        return new Replica(owner.orElseGet(() -> settings.nodeName() + "/" + ids.uuid()));
    }

    @Produces
    @Singleton
    Authorizer authorizer() {
        return new AllowAll();
    }

    @Produces
    @Singleton
    LogView view(ChangeLog log, ClusterStore cluster, EventLoops loops, Meters meters) {
        MeteredReads observer = new MeteredReads(meters, System::nanoTime);
        LogView.Drive drive = new LogView.Drive(loops, Chance.EVERYWHERE, ViewWiring::trouble, observer);
        return new LogView(log, new Recovery(log, cluster), drive, LogView.Settings.DEFAULT);
    }

    @Produces
    @Singleton
    Publisher publisher(ChangeLog log, Outbox outbox, LogView view) {
        return new LogPublisher(log, outbox, view);
    }

    @Produces
    @Singleton
    OutboxSweeper sweeper(ChangeLog log, Outbox outbox, EventLoops loops) {
        return new OutboxSweeper(
                outbox,
                log,
                new OutboxSweeper.Period(SWEEP_PERIOD, loops.next()),
                trouble -> LOG.warnf("outbox not swept, tried again: %s", trouble.getMessage()));
    }

    private static void trouble(PartitionName partition, Throwable trouble) {
        LOG.warnf("change log not followed partition=%s reason=%s", partition, trouble.getMessage());
    }
}
