package dev.entente.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.entente.domain.identity.Secret;
import dev.entente.domain.peering.Remote;
import dev.entente.domain.stream.StreamMessage;
import dev.entente.domain.trust.CaConfiguration;
import dev.entente.engine.port.DialTarget;
import dev.entente.engine.port.StreamEnd;
import dev.entente.engine.port.StreamEndException;
import dev.entente.engine.port.StreamLink;
import io.netty.channel.nio.NioEventLoopGroup;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our dialer against our listeners, over real sockets. */
class PeerTransportTest {
    private static final NioEventLoopGroup LOOPS = new NioEventLoopGroup(2);
    private static final Cluster ACCEPTOR = new Cluster("11111111-2222-3333-4444-555555555555", LOOPS).start();
    private static final Cluster STRANGER = new Cluster("99999999-2222-3333-4444-555555555555", LOOPS).start();
    private static final int CANCELLED = 1;

    private final GrpcPeerDialer dialer = new GrpcPeerDialer(LOOPS, new StreamCodec());
    private final RecordingListener heard = new RecordingListener();

    @BeforeAll
    static void bothPortsAreOpen() {
        assertThat(ACCEPTOR.tlsPort).isPositive();
        assertThat(ACCEPTOR.plaintextPort).isPositive();
    }

    @AfterAll
    static void stop() {
        ACCEPTOR.listeners.stop().await().indefinitely();
        STRANGER.listeners.stop().await().indefinitely();
        LOOPS.shutdownGracefully();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theSecretIsExchanged(boolean tls) {
        DialTarget target = tls ? ACCEPTOR.overTls() : ACCEPTOR.inPlaintext();

        Secret secret = dialer.exchangeSecret(target, "p1", new Secret(Cluster.SECRET))
                .await()
                .indefinitely();

        assertThat(secret.reveal()).isEqualTo("stream-secret-of-p1");
    }

    @Test
    void aRefusalArrivesWithItsCodeAndText() {
        assertThat(exchangeFails(ACCEPTOR.overTls()))
                .isEqualTo(new StreamEnd(StreamEnd.PERMISSION_DENIED, "invalid peering establishment secret"));
    }

    @Test
    void anUntrustedCertificateIsNamed() {
        DialTarget target = new DialTarget("127.0.0.1:" + ACCEPTOR.tlsPort, ACCEPTOR.serverName, STRANGER.caPems());

        StreamEnd end = exchangeFails(target);

        assertThat(end.code()).isEqualTo(StreamEnd.UNAVAILABLE);
        assertThat(end.text())
                .startsWith("TLS handshake with \"127.0.0.1:" + ACCEPTOR.tlsPort + "\" failed: ")
                .contains("unable to find valid certification path");
    }

    @Test
    void aCertificateOfAnotherNameIsRefused() {
        DialTarget target = new DialTarget("127.0.0.1:" + ACCEPTOR.tlsPort, STRANGER.serverName, ACCEPTOR.caPems());

        StreamEnd end = exchangeFails(target);

        assertThat(end.code()).isEqualTo(StreamEnd.UNAVAILABLE);
        assertThat(end.text()).contains("TLS handshake").contains(STRANGER.serverName);
    }

    @Test
    void aPortWhereNobodyListensIsNamed() {
        StreamEnd end = exchangeFails(new DialTarget("127.0.0.1:1", "", List.of()));

        assertThat(end.code()).isEqualTo(StreamEnd.UNAVAILABLE);
        assertThat(end.text()).contains("127.0.0.1:1").contains("refused");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"})
    void aCaThatIsNoneIsToldToTheListener(String pem) {
        StreamLink link = dialer.open(new DialTarget("127.0.0.1:1", "server.x", List.of(pem)), heard);

        assertThat(heard.awaitFailure().text()).startsWith("cannot dial \"127.0.0.1:1\": ");
        link.send(new StreamMessage.Heartbeat());
        link.complete();
        assertThat(link.isReady()).isFalse();
    }

    @Test
    void aStreamCarriesMessagesBothWaysOneForEachRequest() throws Exception {
        StreamLink dialed = dialer.open(ACCEPTOR.overTls(), heard);
        StreamMessage open = new StreamMessage.Open("p1", new Secret("s"), new Remote("", "dc2"));
        dialed.send(open);
        dialed.send(new StreamMessage.Heartbeat());
        Cluster.Accepted accepted = ACCEPTOR.nextStream();

        accepted.link().request();
        assertThat(accepted.heard().awaitMessages(1)).containsExactly(open);
        accepted.link().request();
        assertThat(accepted.heard().awaitMessages(2)).hasSize(2);

        accepted.link().send(new StreamMessage.Terminated());
        dialed.request();
        assertThat(heard.awaitMessages(1)).containsExactly(new StreamMessage.Terminated());
        assertThat(accepted.link().isReady()).isTrue();

        dialed.complete();
        RecordingListener.await(() -> accepted.heard().ends.get() == 1);
        accepted.link().complete();
        RecordingListener.await(() -> heard.ends.get() == 1);
        assertThat(accepted.heard().failures).isEmpty();
        assertThat(heard.failures).isEmpty();
    }

    @Test
    void theAcceptorsStatusReachesTheDialer() throws Exception {
        StreamLink dialed = dialer.open(ACCEPTOR.overTls(), heard);
        dialed.request();
        Cluster.Accepted accepted = ACCEPTOR.nextStream();
        StreamEnd end = new StreamEnd(StreamEnd.ABORTED, "peering is marked as deleted: p1");

        accepted.link().fail(end);

        assertThat(heard.awaitFailure()).isEqualTo(end);
        dialed.send(new StreamMessage.Heartbeat());
        accepted.link().send(new StreamMessage.Heartbeat());
        assertThat(accepted.heard().failures).isEmpty();
    }

    @Test
    void anAcceptorThatIgnoresTheEndIsNotWaitedForLongerThanALinger() throws Exception {
        StreamLink dialed = dialer.open(ACCEPTOR.overTls(), heard);
        Cluster.Accepted accepted = ACCEPTOR.nextStream();
        dialed.complete();

        RecordingListener.await(() -> heard.ends.get() == 1);

        assertThat(accepted.heard().awaitFailure().code()).isEqualTo(CANCELLED);
        assertThat(heard.failures).isEmpty();
    }

    @Test
    void aDialerThatGivesUpIsHeard() throws Exception {
        StreamLink dialed = dialer.open(ACCEPTOR.overTls(), heard);
        Cluster.Accepted accepted = ACCEPTOR.nextStream();

        dialed.fail(new StreamEnd(StreamEnd.UNKNOWN, "heartbeat timeout"));

        assertThat(accepted.heard().awaitFailure().code()).isEqualTo(CANCELLED);
        assertThat(heard.failures).isEmpty();
    }

    @Test
    void onlyPeersMayUseThePeeringName() throws Exception {
        assertThat(new LocalCalls(LOOPS).healthUnder(ACCEPTOR, ACCEPTOR.serverName))
                .isEqualTo("PERMISSION_DENIED: invalid permissions to the specified endpoint");
        assertThat(new LocalCalls(LOOPS).healthUnder(ACCEPTOR, "elsewhere.example"))
                .isEqualTo("SERVING");
    }

    @ParameterizedTest
    @CsvSource({"ec, 384", "ec, 521", "rsa, 2048"})
    void aReplacedCertificateIsShownToNewConnections(String keyType, int bits) {
        Cluster cluster = new Cluster("77777777-2222-3333-4444-555555555555", LOOPS).start();
        List<String> before = cluster.caPems();
        cluster.authority.configure(otherKey(keyType, bits), 0).await().indefinitely();
        cluster.certificate.refresh().await().indefinitely();
        DialTarget newestOnly = new DialTarget(
                "127.0.0.1:" + cluster.tlsPort,
                cluster.serverName,
                cluster.caPems().stream().filter(pem -> !before.contains(pem)).toList());
        DialTarget oldOnly = new DialTarget("127.0.0.1:" + cluster.tlsPort, cluster.serverName, before);

        for (DialTarget target : List.of(newestOnly, oldOnly)) {
            assertThat(dialer.exchangeSecret(target, "p", new Secret(Cluster.SECRET))
                            .await()
                            .indefinitely())
                    .isNotNull();
        }
        cluster.listeners.stop().await().indefinitely();
    }

    private static CaConfiguration otherKey(String type, int bits) {
        return new CaConfiguration("consul", Map.of("PrivateKeyType", type, "PrivateKeyBits", bits), Map.of(), false);
    }

    private StreamEnd exchangeFails(DialTarget target) {
        StreamEndException failure = catchThrowableOfType(
                StreamEndException.class,
                () -> dialer.exchangeSecret(target, "p1", new Secret("wrong"))
                        .await()
                        .indefinitely());
        return failure.end();
    }
}
