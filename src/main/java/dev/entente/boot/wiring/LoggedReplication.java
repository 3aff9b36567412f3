package dev.entente.boot.wiring;

import dev.entente.domain.peering.Peering;
import dev.entente.domain.stream.Ending;
import dev.entente.domain.stream.Role;
import dev.entente.engine.replication.ReplicationObserver;
import dev.entente.engine.telemetry.Meters;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/** Writes into the log what becomes of streams, and counts what an operator must not find there alone. */
final class LoggedReplication implements ReplicationObserver {
    private static final Logger LOG = Logger.getLogger("dev.entente.replication");

    private final Meters meters;

    LoggedReplication(Meters meters) {
        this.meters = meters;
    }

    @Override
    public void streamBegan(Peering peering, Role role) {
        LOG.infof("stream began peer=%s peerId=%s role=%s", peering.name(), peering.id(), role);
    }

    @Override
    public void streamEnded(Peering peering, Role role, Ending ending) {
        LOG.infof("stream ended peer=%s peerId=%s role=%s reason=%s", peering.name(), peering.id(), role, ending);
    }

    @Override
    public void dialFailed(Peering peering, String address, Ending ending) {
        LOG.warnf(
                "peer not reached peer=%s peerId=%s address=%s reason=%s",
                peering.name(), peering.id(), address, ending);
    }

    @Override
    public void resourceTooLarge(Peering peering, String resourceId) {
        meters.count(
                "peering.resource_too_large",
                new TreeMap<>(Map.of(
                        "peer_name",
                        peering.name().value(),
                        "peer_id",
                        peering.id().value())));
        LOG.errorf(
                "resource not sent: larger than the peer accepts in one message peer=%s peerId=%s resource=%s",
                peering.name(), peering.id(), resourceId);
    }

    @Override
    public void trouble(String doing, Throwable cause) {
        LOG.warnf("replication trouble doing=%s reason=%s", doing, cause.getMessage());
    }
}
