package dev.entente.grpc;

import dev.entente.engine.port.DialTarget;
import io.grpc.netty.GrpcSslContexts;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/**
 * Makes sockets that speak TLS below gRPC's notice.
 *
 * <p>Why not gRPC's own TLS: grpc-java closes a connection whose handshake did not agree on {@code h2} by ALPN, and Consul's servers of
 * the 1.14 line answer without ALPN (protocol chapter 2.2). So gRPC is told that the connection is plaintext and gets a socket whose
 * pipeline begins with TLS: {@code h2} is offered, any outcome is taken. The authority trusts only the given roots, and the
 * certificate must carry the given name.
 *
 * <p>The price is that gRPC does not see the handshake; its error is kept in a {@link HandshakeOutcome} for whoever reports a failed
 * call.
 */
final class TlsSockets implements ChannelFactory<Channel> {
    private final SslContext context;
    private final String serverName;
    private final HandshakeOutcome outcome;

    private TlsSockets(SslContext context, String serverName, HandshakeOutcome outcome) {
        this.context = context;
        this.serverName = serverName;
        this.outcome = outcome;
    }

    /** Sockets for one target; fails when its CAs or its name cannot be used. */
    static TlsSockets to(DialTarget target, HandshakeOutcome outcome) throws CertificateException, SSLException {
        SslContext context = GrpcSslContexts.configure(SslContextBuilder.forClient(), SslProvider.JDK)
                .trustManager(roots(target.caPems()).toArray(X509Certificate[]::new))
                .protocols("TLSv1.3", "TLSv1.2")
                .build();
        return new TlsSockets(context, target.serverName(), outcome);
    }

    private static List<X509Certificate> roots(List<String> pems) throws CertificateException {
        List<X509Certificate> roots = new ArrayList<>();
        for (String pem : pems) {
            Collection<?> read = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
            read.forEach(certificate -> roots.add((X509Certificate) certificate));
        }
        if (roots.isEmpty()) {
            throw new CertificateException("no certificate in the CA list");
        }
        return roots;
    }

    @Override
    public Channel newChannel() {
        NioSocketChannel channel = new NioSocketChannel();
        channel.pipeline().addFirst("tls", handler(channel));
        return channel;
    }

    private SslHandler handler(Channel channel) {
        SslHandler handler = context.newHandler(channel.alloc(), serverName, 0);
        SSLEngine engine = handler.engine();
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(serverName)));
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        handler.setHandshakeTimeoutMillis(Limits.HANDSHAKE_TIMEOUT_MILLIS);
        handler.handshakeFuture().addListener(outcome::note);
        return handler;
    }
}
