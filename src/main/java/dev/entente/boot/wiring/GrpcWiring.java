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
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** Makes the gRPC doors. */
@Singleton
final class GrpcWiring {
    private static final String LOOPS = "grpc-loops";

    /** Those of HTTP and the stores, unless HTTP is on a unix socket: then theirs are the system's own kind, which gRPC's sockets cannot be on. */
    @Produces
    @Singleton
    @Named(LOOPS)
    EventLoopGroup loops(Vertx vertx) {
        EventLoopGroup shared = ((VertxInternal) vertx).getEventLoopGroup();
        return vertx.isNativeTransportEnabled() ? new NioEventLoopGroup(new DefaultThreadFactory(LOOPS, true)) : shared;
    }

    @Produces
    @Singleton
    StreamCodec codec() {
        return new StreamCodec();
    }

    @Produces
    @Singleton
    PeerDialer dialer(@Named(LOOPS) EventLoopGroup loops, StreamCodec codec) {
        return new GrpcPeerDialer(loops, codec);
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
            @Named(LOOPS) EventLoopGroup loops,
            StreamSessions sessions,
            GrpcListeners.PeeringApi api,
            StreamCodec codec,
            CallMeters meters) {
        return new GrpcListeners(loops, sessions, api, codec, meters);
    }
}
