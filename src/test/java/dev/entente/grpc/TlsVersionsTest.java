package dev.entente.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entente.domain.identity.Secret;
import dev.entente.engine.port.DialTarget;
import dev.entente.engine.port.StreamEndException;
import dev.entente.fake.OldTls;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which TLS we speak (protocol chapter 2.2). */
class TlsVersionsTest {
    private static final NioEventLoopGroup LOOPS = new NioEventLoopGroup(2);
    private static final Cluster CLUSTER = new Cluster("33333333-2222-3333-4444-555555555555", LOOPS).start();

    @AfterAll
    static void stop() {
        CLUSTER.listeners.stop().await().indefinitely();
        LOOPS.shutdownGracefully();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aServerWithoutAlpnIsAccepted(String version) throws Exception {
        try (BareTlsServer server = new BareTlsServer(LOOPS, CLUSTER.certificate, version)) {
            assertThat(exchangeWith(server.port()).reveal()).isEmpty();
        }
    }

    @Test
    void aServerThatAnswersWithAnOldVersionIsRefused() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture.runAsync(() -> answerWithOldVersion(server));

            assertThatThrownBy(() -> exchangeWith(server.getLocalPort()))
                    .isInstanceOf(StreamEndException.class)
                    .hasMessageContaining("TLS handshake");
        }
    }

    @Test
    void aServerThatHangsUpInTheHandshakeIsNamed() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture.runAsync(() -> hangUp(server));

            assertThatThrownBy(() -> exchangeWith(server.getLocalPort()))
                    .isInstanceOf(StreamEndException.class)
                    .hasMessageContaining("TLS handshake");
        }
    }

    @Test
    void aClientThatSpeaksOnlyAnOldVersionGetsAnAlert() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", CLUSTER.tlsPort)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(OldTls.clientHello());

            byte[] answer = socket.getInputStream().readNBytes(7);

            assertThat(answer[0]).as("an alert").isEqualTo((byte) 21);
            assertThat(answer[5]).as("fatal").isEqualTo((byte) 2);
            assertThat(answer[6]).as("protocol_version").isEqualTo((byte) 70);
        }
    }

    private static void answerWithOldVersion(ServerSocket server) {
        try (Socket socket = server.accept()) {
            byte[] header = socket.getInputStream().readNBytes(5);
            socket.getInputStream().readNBytes(ByteBuffer.wrap(header, 3, 2).getShort());
            socket.getOutputStream().write(OldTls.serverHello());
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void hangUp(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.getInputStream().readNBytes(5);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void ourPortSelectsH2(String version) throws Exception {
        assertThat(handshake(version)).isEqualTo("h2");
    }

    private static Secret exchangeWith(int port) {
        DialTarget target = new DialTarget("127.0.0.1:" + port, CLUSTER.serverName, CLUSTER.caPems());
        return new GrpcPeerDialer(LOOPS, new StreamCodec())
                .exchangeSecret(target, "p", new Secret("s"))
                .await()
                .indefinitely();
    }

    private static String handshake(String version) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), new SecureRandom());
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", CLUSTER.tlsPort)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setProtocols(new String[] {version});
            parameters.setApplicationProtocols(new String[] {"h2"});
            socket.setSSLParameters(parameters);
            socket.setSoTimeout(10_000);
            socket.startHandshake();
            return socket.getApplicationProtocol();
        }
    }
}
