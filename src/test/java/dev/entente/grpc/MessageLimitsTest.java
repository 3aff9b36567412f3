package dev.entente.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.stream.Resource;
import dev.entente.domain.stream.ResourceType;
import dev.entente.domain.stream.StreamMessage;
import dev.entente.engine.port.StreamEnd;
import dev.entente.engine.port.StreamLink;
import io.netty.channel.nio.NioEventLoopGroup;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one message and one slow reader may cost. */
class MessageLimitsTest {
    private static final NioEventLoopGroup LOOPS = new NioEventLoopGroup(2);
    private static final Cluster ACCEPTOR = new Cluster("22222222-2222-3333-4444-555555555555", LOOPS).start();
    private static final int MIB = 1024 * 1024;

    private final RecordingListener heard = new RecordingListener();
    private final StreamLink dialed = new GrpcPeerDialer(LOOPS, new StreamCodec()).open(ACCEPTOR.inPlaintext(), heard);

    @AfterEach
    void close() {
        dialed.fail(new StreamEnd(StreamEnd.UNKNOWN, "test over"));
    }

    @AfterAll
    static void stop() {
        ACCEPTOR.listeners.stop().await().indefinitely();
        LOOPS.shutdownGracefully();
    }

    @Test
    void aMessageOfFortyMebibytesArrives() throws Exception {
        Cluster.Accepted accepted = opened();
        StreamMessage large = message(40 * MIB);

        dialed.send(large);

        assertThat(accepted.heard().awaitMessages(2)).endsWith(large);
    }

    @Test
    void aMessageBeyondFiftyMebibytesIsRefusedByName() throws Exception {
        Cluster.Accepted accepted = opened();

        dialed.send(message(51 * MIB));
        dialed.request();

        assertThat(heard.awaitFailure().code()).isEqualTo(StreamEnd.RESOURCE_EXHAUSTED);
        assertThat(accepted.heard().awaitFailure()).isNotNull();
        assertThat(accepted.heard().messages).hasSize(1);
    }

    @Test
    void beforeTheFirstMessageIsTakenOnlyASmallOneIsRead() throws Exception {
        Cluster.Accepted accepted = ACCEPTOR.nextStream();
        accepted.link().request();
        dialed.request();

        dialed.send(message(10 * MIB));

        StreamEnd tooMuch = new StreamEnd(
                StreamEnd.RESOURCE_EXHAUSTED, "more than 256 KiB came from a caller that has not shown yet who it is");
        assertThat(heard.awaitFailure()).isEqualTo(tooMuch);
        assertThat(accepted.heard().awaitFailure()).isEqualTo(tooMuch);
        assertThat(accepted.heard().messages).isEmpty();
    }

    /** A stream whose first message was taken, and that has been asked for the next. */
    private Cluster.Accepted opened() throws InterruptedException {
        Cluster.Accepted accepted = ACCEPTOR.nextStream();
        dialed.send(new StreamMessage.Heartbeat());
        accepted.link().request();
        accepted.heard().awaitMessages(1);
        accepted.link().request();
        return accepted;
    }

    @Test
    void whatAnotherClusterTakesDependsOnWhoDialed() throws Exception {
        Cluster.Accepted ours = ACCEPTOR.nextStream();

        assertThat(ours.link().fits(message(40 * MIB))).isTrue();
        assertThat(ours.link().fits(message(51 * MIB))).isFalse();
        assertThat(dialed.fits(message(40 * MIB))).isTrue();
        assertThat(dialed.fits(message(51 * MIB))).isFalse();
    }

    @Test
    void aDialerThatDoesNotReadMakesTheLinkUnreadyAndIsCutInTheEnd() throws Exception {
        Cluster.Accepted accepted = ACCEPTOR.nextStream();
        RecordingListener.await(() -> accepted.link().isReady());
        StreamMessage piece = message(8 * MIB);

        for (int i = 0; i < 12; i++) {
            accepted.link().send(piece);
        }

        assertThat(accepted.link().isReady()).isFalse();
        assertThat(accepted.heard().awaitFailure())
                .isEqualTo(new StreamEnd(
                        StreamEnd.RESOURCE_EXHAUSTED,
                        "the other side does not read: more than 64 MiB wait to be sent"));
    }

    @Test
    void anAcceptorThatDoesNotReadGetsTheDialerCut() throws Exception {
        ACCEPTOR.nextStream();
        RecordingListener.await(dialed::isReady);
        StreamMessage piece = message(8 * MIB);

        for (int i = 0; i < 12; i++) {
            dialed.send(piece);
        }

        assertThat(heard.awaitFailure().code()).isEqualTo(StreamEnd.RESOURCE_EXHAUSTED);
    }

    @Test
    void aLinkBecomesReadyAgainWhenTheOtherSideReads() throws Exception {
        Cluster.Accepted accepted = ACCEPTOR.nextStream();
        RecordingListener.await(() -> accepted.link().isReady());
        for (int i = 0; i < 4; i++) {
            accepted.link().send(message(MIB));
        }
        assertThat(accepted.link().isReady()).isFalse();
        int before = accepted.heard().readies.get();

        for (int i = 0; i < 4; i++) {
            dialed.request();
        }

        heard.awaitMessages(4);
        RecordingListener.await(() -> accepted.heard().readies.get() > before);
        assertThat(accepted.link().isReady()).isTrue();
    }

    @Test
    void whatWasNotAskedForIsNotDelivered() throws Exception {
        Cluster.Accepted accepted = ACCEPTOR.nextStream();
        for (int i = 0; i < 3; i++) {
            dialed.send(message(100));
        }

        accepted.link().request();
        accepted.heard().awaitMessages(1);
        accepted.link().send(new StreamMessage.Heartbeat());
        dialed.request();
        heard.awaitMessages(1);

        assertThat(accepted.heard().messages).hasSize(1);
    }

    private static StreamMessage message(int bytes) {
        ResourceType type = ResourceType.EXPORTED_SERVICE_LIST;
        return new StreamMessage.Response(
                "00000001",
                type.url(),
                "exported-service-list",
                1,
                new StreamMessage.Payload(type.url(), new Resource.ExportedServiceList(List.of("x".repeat(bytes)))));
    }
}
