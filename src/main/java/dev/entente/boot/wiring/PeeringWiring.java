package dev.entente.boot.wiring;

import dev.entente.config.AgentSettings;
import dev.entente.engine.access.Authorizer;
import dev.entente.engine.peering.Establishment;
import dev.entente.engine.peering.MeshGateways;
import dev.entente.engine.peering.PeeringGate;
import dev.entente.engine.peering.PeeringGauges;
import dev.entente.engine.peering.PeeringReads;
import dev.entente.engine.peering.PeeringRecords;
import dev.entente.engine.peering.PeeringSettings;
import dev.entente.engine.peering.PeeringWrites;
import dev.entente.engine.peering.Peerings;
import dev.entente.engine.peering.Purge;
import dev.entente.engine.peering.PurgeLoop;
import dev.entente.engine.peering.SecretExchange;
import dev.entente.engine.peering.ServerAddresses;
import dev.entente.engine.peering.StoredPeeringRecords;
import dev.entente.engine.peering.StoredPeerings;
import dev.entente.engine.peering.StreamAdmission;
import dev.entente.engine.peering.StreamFarewell;
import dev.entente.engine.peering.TlsMaterials;
import dev.entente.engine.peering.TokenIssuer;
import dev.entente.engine.peering.TokenRedemption;
import dev.entente.engine.port.CertificateAuthority;
import dev.entente.engine.port.Clock;
import dev.entente.engine.port.EventLoops;
import dev.entente.engine.port.Ids;
import dev.entente.engine.port.Leases;
import dev.entente.engine.port.PeerDialer;
import dev.entente.engine.port.PeeringStore;
import dev.entente.engine.port.StreamStatuses;
import dev.entente.engine.telemetry.Meters;
import dev.entente.engine.view.Publisher;
import dev.entente.engine.view.View;
import dev.entente.telemetry.TimedPeerings;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/** Makes the use cases of peerings, and the purge. */
@Singleton
final class PeeringWiring {
    private static final Logger LOG = Logger.getLogger("dev.entente.peering");

    @Produces
    @Singleton
    PeeringSettings settings(AgentSettings settings) {
        return new PeeringSettings(
                settings.peeringEnabled(),
                settings.connectEnabled(),
                settings.datacenter(),
                settings.listeners().grpcTls().port());
    }

    @Produces
    @Singleton
    PeeringWrites writes(PeeringStore store, Publisher publisher) {
        return new PeeringWrites(store, publisher);
    }

    @Produces
    @Singleton
    PeeringReads reads(View view, StreamStatuses statuses) {
        return new PeeringReads(view, statuses);
    }

    @Produces
    @Singleton
    PeeringGate gate(PeeringSettings settings, Authorizer authorizer, View view) {
        return new PeeringGate(settings, authorizer, view);
    }

    @Produces
    @Singleton
    TlsMaterials tls(CertificateAuthority authority, PeeringSettings settings) {
        return new TlsMaterials(authority, settings);
    }

    @Produces
    @Singleton
    TokenIssuer issuer(
            PeeringGate gate, TlsMaterials tls, View view, PeeringWrites writes, Ids ids, PeeringSettings settings) {
        return new TokenIssuer(gate, tls, new ServerAddresses(view), writes, ids, settings);
    }

    @Produces
    @Singleton
    TokenRedemption redemption(PeerDialer dialer, View view, EventLoops loops) {
        return new TokenRedemption(
                dialer,
                new MeshGateways(view),
                loops,
                () -> ThreadLocalRandom.current().nextDouble());
    }

    @Produces
    @Singleton
    Establishment establishment(
            PeeringGate gate,
            TlsMaterials tls,
            PeeringReads reads,
            PeeringWrites writes,
            TokenRedemption redemption,
            Ids ids) {
        return new Establishment(gate, tls, reads, writes, redemption, ids);
    }

    @Produces
    @Singleton
    Peerings peerings(
            PeeringGate gate,
            TokenIssuer issuer,
            Establishment establishment,
            PeeringReads reads,
            PeeringWrites writes,
            Timing timing) {
        StoredPeerings stored = new StoredPeerings(gate, issuer, establishment, reads, writes, timing.clock());
        return new TimedPeerings(stored, timing.meters(), System::nanoTime);
    }

    @Produces
    @Singleton
    PeeringRecords records(PeeringGate gate, Authorizer authorizer, View view, PeeringWrites writes, Ids ids) {
        return new StoredPeeringRecords(gate, authorizer, view, writes, ids);
    }

    /** What tells and measures time. */
    record Timing(Clock clock, Meters meters) {}

    @Produces
    @Singleton
    Timing timing(Clock clock, Meters meters) {
        return new Timing(clock, meters);
    }

    @Produces
    @Singleton
    PeeringGauges gauges(View view, PeeringReads reads, Clock clock) {
        return new PeeringGauges(view, reads, clock);
    }

    @Produces
    @Singleton
    SecretExchange exchange(PeeringStore store, PeeringWrites writes, Ids ids) {
        return new SecretExchange(store, writes, ids);
    }

    @Produces
    @Singleton
    StreamAdmission admission(PeeringStore store, PeeringWrites writes) {
        return new StreamAdmission(store, writes);
    }

    @Produces
    @Singleton
    Purge.Ports purgePorts(View view, Publisher publisher, PeeringStore store, StreamStatuses statuses, Leases leases) {
        return new Purge.Ports(view, publisher, store, statuses, leases);
    }

    @Produces
    @Singleton
    PurgeLoop purge(Purge.Ports ports, PeeringWrites writes, EventLoops loops, Replica replica) {
        Purge purge = new Purge(ports, writes, new StreamFarewell(ports.leases(), loops), replica.owner());
        return new PurgeLoop(
                purge,
                ports.view(),
                loops.next(),
                trouble -> LOG.warnf("purge interrupted, continued soon: %s", trouble.getMessage()));
    }
}
