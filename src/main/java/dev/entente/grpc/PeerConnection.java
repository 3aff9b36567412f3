package dev.entente.grpc;

import dev.entente.engine.port.DialTarget;
import dev.entente.engine.port.StreamEnd;
import dev.entente.engine.port.StreamEndException;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.security.cert.CertificateException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** A connection to one address of another cluster, for one call (protocol chapter 2.2). It connects when the call starts. */
final class PeerConnection {
    /** Tells the other side which messages we take. */
    static final String USER_AGENT = "entente";

    private final DialTarget target;
    private final ManagedChannel channel;
    private final HandshakeOutcome handshake;
    private final EventLoopGroup loops;

    private PeerConnection(
            DialTarget target, ManagedChannel channel, HandshakeOutcome handshake, EventLoopGroup loops) {
        this.target = target;
        this.channel = channel;
        this.handshake = handshake;
        this.loops = loops;
    }

    /** Prepares a connection; fails with a {@link StreamEndException} when the target cannot be dialed at all. */
    static PeerConnection to(DialTarget target, EventLoopGroup loops) {
        return to(target, loops, Limits.CONNECT_TIMEOUT_MILLIS);
    }

    /** The same for an exchange, which leaves an address that does not answer in time for the next one. */
    static PeerConnection forExchange(DialTarget target, EventLoopGroup loops) {
        return to(target, loops, Limits.EXCHANGE_CONNECT_TIMEOUT_MILLIS);
    }

    private static PeerConnection to(DialTarget target, EventLoopGroup loops, int connectTimeoutMillis) {
        HandshakeOutcome handshake = new HandshakeOutcome();
        try {
            NettyChannelBuilder builder = NettyChannelBuilder.forTarget("dns:///" + bracketed(target.address()))
                    .usePlaintext()
                    .userAgent(USER_AGENT)
                    .eventLoopGroup(loops)
                    .directExecutor()
                    .disableRetry()
                    .disableServiceConfigLookUp()
                    .proxyDetector(address -> null)
                    .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectTimeoutMillis)
                    .keepAliveTime(Limits.PING_SECONDS, TimeUnit.SECONDS)
                    .keepAliveTimeout(Limits.PING_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .keepAliveWithoutCalls(true)
                    .maxInboundMessageSize(Limits.MAX_INBOUND_MESSAGE);
            if (target.caPems().isEmpty()) {
                builder.channelType(NioSocketChannel.class);
            } else {
                builder.channelFactory(TlsSockets.to(target, handshake)).overrideAuthority(target.serverName());
            }
            return new PeerConnection(target, builder.build(), handshake, loops);
        } catch (CertificateException | SSLException | IllegalArgumentException e) {
            throw new StreamEndException(new StreamEnd(
                    StreamEnd.UNAVAILABLE, "cannot dial \"" + target.address() + "\": " + e.getMessage()));
        }
    }

    ManagedChannel channel() {
        return channel;
    }

    /** Runs a task once when the other side had time enough to end the call. */
    @SuppressWarnings("FutureReturnValueIgnored") // there is nothing to do when it has run
    void afterLinger(Runnable task) {
        loops.next().schedule(task, Limits.LINGER_SECONDS, TimeUnit.SECONDS);
    }

    void close() {
        channel.shutdown();
    }

    /** What a status means here: the other side's word, or why there was none. */
    StreamEnd end(Status status) {
        String tls = handshake.error();
        if (tls != null) {
            return new StreamEnd(
                    StreamEnd.UNAVAILABLE, "TLS handshake with \"" + target.address() + "\" failed: " + tls);
        }
        Throwable cause = status.getCause();
        if (cause != null && isLostConnection(status.getCode())) {
            String why = cause.getMessage() == null ? status.getDescription() : cause.getMessage();
            return new StreamEnd(StreamEnd.UNAVAILABLE, "connection to \"" + target.address() + "\" failed: " + why);
        }
        return GrpcStatuses.end(status);
    }

    /** Only statuses that were made here have a cause; gRPC calls a closed connection by either code. */
    private static boolean isLostConnection(Status.Code code) {
        return code == Status.Code.UNAVAILABLE || code == Status.Code.UNKNOWN;
    }

    /** Consul writes IPv6 addresses into tokens without brackets (protocol chapter 1.2.2). */
    private static String bracketed(String address) {
        int colon = address.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("an address needs a port");
        }
        String host = address.substring(0, colon);
        boolean bare = host.indexOf(':') >= 0 && !host.startsWith("[");
        return bare ? "[" + host + "]" + address.substring(colon) : address;
    }
}
