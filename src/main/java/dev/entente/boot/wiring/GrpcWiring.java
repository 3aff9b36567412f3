package dev.entente.boot.wiring;

import dev.entente.engine.peering.PeeringRecords;
import dev.entente.engine.peering.Peerings;
import dev.entente.engine.port.PeerDialer;
import dev.entente.engine.replication.StreamSessions;
import dev.entente.engine.telemetry.Meters;
import dev.entente.grpc.CallMeters;
import dev.entente.grpc.GrpcListeners;
import dev.entente.grpc.GrpcPeerDialer;
import dev.entente.grpc.StreamCodec;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the gRPC doors. */
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
    GrpcListeners.PeeringApi api(Peerings peerings, PeeringRecords records) {
        return new GrpcListeners.PeeringApi(peerings, records);
    }

    @Produces
    @Singleton
    CallMeters callMeters(Meters meters) {
        return new CallMeters(meters);
    }

    @Produces
    @Singleton
    GrpcListeners listeners(
            Vertx vertx, StreamSessions sessions, GrpcListeners.PeeringApi api, StreamCodec codec, CallMeters meters) {
        return new GrpcListeners(((VertxInternal) vertx).getEventLoopGroup(), sessions, api, codec, meters);
    }
}
