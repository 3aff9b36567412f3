package dev.entente.grpc;

import dev.entente.engine.telemetry.Gauge;
import dev.entente.engine.telemetry.Gauges;
import dev.entente.engine.telemetry.Meters;
import io.grpc.Attributes;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerTransportFilter;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts connections, calls and streams of the gRPC ports (protocol chapter 12), and knows how many there are now. */
public final class CallMeters extends ServerTransportFilter implements ServerInterceptor, Gauges {
    private static final String TYPE = "server_type";
    private static final SortedMap<String, String> LABELS = new TreeMap<>(Map.of(TYPE, "external"));

    private final Meters meters;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger streams = new AtomicInteger();

    public CallMeters(Meters meters) {
        this.meters = meters;
    }

    @Override
    public Attributes transportReady(Attributes transport) {
        connections.incrementAndGet();
        meters.count("grpc.server.connection.count", LABELS);
        return transport;
    }

    @Override
    public void transportTerminated(Attributes transport) {
        connections.decrementAndGet();
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        meters.count("grpc.server.request.count", LABELS);
        if (call.getMethodDescriptor().getType() == MethodType.UNARY) {
            return next.startCall(call, headers);
        }
        meters.count("grpc.server.stream.count", LABELS);
        streams.incrementAndGet();
        return new CountedStream<>(next.startCall(call, headers), streams);
    }

    @Override
    public Uni<List<Gauge>> read() {
        Map<String, String> labels = Map.copyOf(LABELS);
        return Uni.createFrom()
                .item(() -> List.of(
                        new Gauge("grpc.server.connections", connections.get(), labels),
                        new Gauge("grpc.server.streams", streams.get(), labels)));
    }

    /** One of the two ends comes for every call, and only one of them. */
    private static final class CountedStream<Q> extends SimpleForwardingServerCallListener<Q> {
        private final AtomicInteger streams;

        CountedStream(ServerCall.Listener<Q> listener, AtomicInteger streams) {
            super(listener);
            this.streams = streams;
        }

        @Override
        public void onCancel() {
            streams.decrementAndGet();
            super.onCancel();
        }

        @Override
        public void onComplete() {
            streams.decrementAndGet();
            super.onComplete();
        }
    }
}
