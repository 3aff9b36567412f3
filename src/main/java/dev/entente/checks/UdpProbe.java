package dev.entente.checks;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * Well unless the host says that nobody listens: an answer and silence both count as well (Consul's rule).
 *
 * <p>The socket is a connected one, for only such a socket hears that its port is unreachable; Vert.x has none.
 */
final class UdpProbe implements Probe {
    /** Consul sends an empty datagram; Netty sends none for that. */
    private static final byte[] ANYTHING = {0};

    private final VertxInternal vertx;
    private final String target;
    private final Duration timeout;

    UdpProbe(Vertx vertx, String target, Duration timeout) {
        this.vertx = (VertxInternal) vertx;
        this.target = target;
        this.timeout = timeout;
    }

    @Override
    public Future<ProbeResult> run() {
        Optional<Target> parsed = Target.parse(target);
        if (parsed.isEmpty()) {
            return Future.succeededFuture(
                    ProbeResult.critical("dial udp: address " + target + ": missing port in address"));
        }
        Timed timed = new Timed(vertx, timeout, this::success);
        Bootstrap bootstrap = new Bootstrap()
                .group(vertx.getEventLoopGroup())
                .resolver(vertx.nettyAddressResolverGroup())
                .channel(NioDatagramChannel.class)
                .handler(new Answer(timed));
        InetSocketAddress address =
                new InetSocketAddress(parsed.get().host(), parsed.get().port());
        ChannelFuture connected = bootstrap.connect(address);
        connected.addListener(done -> {
            if (done.isSuccess()) {
                connected
                        .channel()
                        .writeAndFlush(Unpooled.wrappedBuffer(ANYTHING))
                        .addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
            } else {
                timed.finish(ProbeResult.critical(Failures.dialing("udp", target, done.cause())));
            }
        });
        return timed.result().onComplete(result -> close(connected.channel()));
    }

    private ProbeResult success() {
        return ProbeResult.passing("UDP connect " + target + ": Success");
    }

    private static void close(Channel channel) {
        channel.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }

    private final class Answer extends ChannelInboundHandlerAdapter {
        private final Timed timed;

        Answer(Timed timed) {
            this.timed = timed;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
            timed.finish(success());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            timed.finish(ProbeResult.critical("read udp " + target + ": read: connection refused"));
        }
    }
}
