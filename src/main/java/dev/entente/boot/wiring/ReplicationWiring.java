package dev.entente.boot.wiring;

import dev.entente.config.AgentSettings;
import dev.entente.engine.peering.PeeringNotices;
import dev.entente.engine.peering.PeeringWrites;
import dev.entente.engine.peering.SecretExchange;
import dev.entente.engine.peering.StreamAdmission;
import dev.entente.engine.port.ChangeLog;
import dev.entente.engine.port.Clock;
import dev.entente.engine.port.EventLoops;
import dev.entente.engine.port.Ids;
import dev.entente.engine.port.ImportedAddresses;
import dev.entente.engine.port.Leases;
import dev.entente.engine.port.NodeClaim;
import dev.entente.engine.port.PeerDialer;
import dev.entente.engine.port.PeeringStore;
import dev.entente.engine.port.StreamStatuses;
import dev.entente.engine.replication.DialSupervisor;
import dev.entente.engine.replication.ExportFeeds;
import dev.entente.engine.replication.LocalCluster;
import dev.entente.engine.replication.Replication;
import dev.entente.engine.replication.ReplicationPorts;
import dev.entente.engine.replication.ReplicationSettings;
import dev.entente.engine.replication.StreamSessions;
import dev.entente.engine.telemetry.Meters;
import dev.entente.engine.view.View;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes what keeps the streams: the sessions that others open, and the supervisor that dials. */
@Singleton
final class ReplicationWiring {

    @Produces
    @Singleton
    ReplicationPorts ports(
            StoresOfStreams stores, NodeClaim claim, View view, PeeringWrites writes, Clock clock, Ids ids) {
        return new ReplicationPorts(
                view,
                stores.log(),
                stores.leases(),
                claim,
                stores.statuses(),
                stores.peerings(),
                new PeeringNotices(writes),
                stores.addresses(),
                clock,
                ids);
    }

    /** The stores that streams write. */
    record StoresOfStreams(
            ChangeLog log,
            Leases leases,
            StreamStatuses statuses,
            PeeringStore peerings,
            ImportedAddresses addresses) {}

    @Produces
    @Singleton
    StoresOfStreams stores(
            ChangeLog log, Leases leases, StreamStatuses statuses, PeeringStore peerings, ImportedAddresses addresses) {
        return new StoresOfStreams(log, leases, statuses, peerings, addresses);
    }

    @Produces
    @Singleton
    Replication replication(ReplicationPorts ports, EventLoops loops, AgentSettings settings, Meters meters) {
        LocalCluster cluster = new LocalCluster(
                settings.nodeName(), ports.ids().uuid(), settings.datacenter(), settings.connectEnabled());
        // A change among very many instances is compared with all of them, some hundred milliseconds.
        ExportFeeds feeds = new ExportFeeds(ports.view(), loops.alone("exports"), cluster);
        return new Replication(ports, ReplicationSettings.DEFAULT, cluster, feeds, new LoggedReplication(meters));
    }

    @Produces
    @Singleton
    StreamSessions sessions(
            Replication replication, EventLoops loops, StreamAdmission admission, SecretExchange exchange) {
        return new StreamSessions(replication, loops, admission::admit, exchange::exchange);
    }

    @Produces
    @Singleton
    DialSupervisor supervisor(Replication replication, EventLoops loops, PeerDialer dialer) {
        return new DialSupervisor(replication, loops, dialer);
    }
}
