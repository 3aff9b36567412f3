package dev.entente.boot.wiring;

import dev.entente.config.AgentSettings;
import dev.entente.engine.peering.PeeringRecords;
import dev.entente.engine.peering.Peerings;
import dev.entente.engine.port.CaStore;
import dev.entente.engine.port.Clock;
import dev.entente.engine.port.ClusterStore;
import dev.entente.engine.port.PeerDialer;
import dev.entente.engine.replication.StreamSessions;
import dev.entente.engine.view.Publisher;
import dev.entente.grpc.GrpcListeners;
import dev.entente.grpc.GrpcPeerDialer;
import dev.entente.grpc.StreamCodec;
import dev.entente.pki.BuiltInCertificateAuthority;
import dev.entente.pki.ServerCertificate;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the gRPC doors and the certificates that they show. */
@Singleton
final class GrpcWiring {

    @Produces
    @Singleton
    StreamCodec codec() {
        return new StreamCodec();
    }

    @Produces
    @Singleton
    PeerDialer dialer(Vertx vertx, StreamCodec codec) {
        return new GrpcPeerDialer(((VertxInternal) vertx).getEventLoopGroup(), codec);
    }

    @Produces
    @Singleton
    BuiltInCertificateAuthority authority(CaStore store, ClusterStore cluster, Publisher publisher, Clock clock) {
        return new BuiltInCertificateAuthority(store, cluster, publisher, clock);
    }

    @Produces
    @Singleton
    ServerCertificate certificate(BuiltInCertificateAuthority authority, AgentSettings settings, Clock clock) {
        return new ServerCertificate(authority, settings.datacenter(), clock);
    }

    @Produces
    @Singleton
    GrpcListeners.PeeringApi api(Peerings peerings, PeeringRecords records) {
        return new GrpcListeners.PeeringApi(peerings, records);
    }

    @Produces
    @Singleton
    GrpcListeners listeners(Vertx vertx, StreamSessions sessions, GrpcListeners.PeeringApi api, StreamCodec codec) {
        return new GrpcListeners(((VertxInternal) vertx).getEventLoopGroup(), sessions, api, codec);
    }
}
