package dev.entente.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.stream.Resource;
import dev.entente.domain.stream.StreamMessage;
import dev.entente.engine.port.StreamLink;
import io.netty.channel.nio.NioEventLoopGroup;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** All streams of these tests are on one event loop, and the work on large messages is held back until the test lets it go on. */
class LargeMessagesTest {
    private static final StreamMessage HEARTBEAT = new StreamMessage.Heartbeat();

    private final BlockingQueue<Runnable> held = new LinkedBlockingQueue<>();
    private final NioEventLoopGroup loop = new NioEventLoopGroup(1);
    private final StreamCodec holding = new StreamCodec(held::add);
    private final Cluster acceptor = new Cluster("66666666-2222-3333-4444-555555555555", loop, holding).start();
    private final GrpcPeerDialer dialer = new GrpcPeerDialer(loop, new StreamCodec());
    private final RecordingListener heard = new RecordingListener();
    private final StreamMessage large = LargeServiceTest.service(10_000, 10);

    private StreamLink first;
    private Cluster.Accepted atFirst;
    private StreamLink second;
    private Cluster.Accepted atSecond;

    @BeforeEach
    void open() throws Exception {
        first = dialer.open(acceptor.overTls(), heard);
        atFirst = opened(first);
        second = dialer.open(acceptor.overTls(), new RecordingListener());
        atSecond = opened(second);
    }

    private Cluster.Accepted opened(StreamLink dialed) throws InterruptedException {
        dialed.send(HEARTBEAT);
        Cluster.Accepted accepted = acceptor.nextStream();
        accepted.link().request();
        accepted.heard().awaitMessages(1);
        return accepted;
    }

    @AfterEach
    void stop() {
        acceptor.listeners.stop().await().indefinitely();
        loop.shutdownGracefully();
    }

    @Test
    void anotherStreamOfTheSameLoopGoesOnWhileALargeMessageIsDecoded() {
        atFirst.link().request();
        first.send(large);
        RecordingListener.await(() -> held.size() == 1);

        for (int number = 2; number < 12; number++) {
            atSecond.link().request();
            second.send(HEARTBEAT);
            atSecond.heard().awaitMessages(number);
        }
        atFirst.link().send(HEARTBEAT);
        first.request();
        assertThat(heard.awaitMessages(1)).containsExactly(HEARTBEAT);
        assertThat(atFirst.heard().messages).hasSize(1);

        letGoOn();
        assertThat(atFirst.heard().messages).containsExactly(HEARTBEAT, large);
    }

    @Test
    void whatComesBehindALargeMessageWaitsForIt() {
        atFirst.link().request();
        atFirst.link().request();
        atFirst.link().request();
        first.send(large);
        first.send(HEARTBEAT);
        first.send(large);
        first.complete();
        atSecond.link().request();
        second.send(HEARTBEAT);
        atSecond.heard().awaitMessages(2);
        RecordingListener.await(() -> held.size() == 1);
        assertThat(atFirst.heard().messages).hasSize(1);
        assertThat(atFirst.heard().ends).hasValue(0);

        letGoOn();
        RecordingListener.await(() -> held.size() == 1);
        assertThat(atFirst.heard().messages).containsExactly(HEARTBEAT, large, HEARTBEAT);
        assertThat(atFirst.heard().ends).hasValue(0);

        letGoOn();
        RecordingListener.await(() -> atFirst.heard().ends.get() == 1);
        assertThat(atFirst.heard().messages).containsExactly(HEARTBEAT, large, HEARTBEAT, large);
    }

    @Test
    void aStreamThatWasCutMeanwhileIsToldNothingMore() {
        atFirst.link().request();
        first.send(large);
        RecordingListener.await(() -> held.size() == 1);
        atFirst.link().complete();
        RecordingListener.await(() -> heard.ends.get() == 1);

        letGoOn();
        assertThat(atFirst.heard().messages).hasSize(1);
    }

    @Test
    void smallMessagesNeverLeaveTheLoop() {
        StreamMessage small = LargeServiceTest.service(50, 10);
        atFirst.link().request();
        first.send(small);

        assertThat(atFirst.heard().awaitMessages(2)).endsWith(small);
        assertThat(held).isEmpty();
        assertThat(holding.preparation(List.of(content(small)))).isEmpty();
    }

    @Test
    void whatIsLargeIsEncodedOnceAndAwayFromTheLoop() {
        Resource content = content(large);
        boolean[] prepared = {false};
        holding.preparation(List.of(content)).orElseThrow().subscribe().with(done -> prepared[0] = true);
        assertThat(prepared[0]).isFalse();
        assertThat(holding.preparation(List.of(content))).isPresent();

        letGoOn();
        assertThat(prepared[0]).isTrue();
        assertThat(holding.preparation(List.of(content))).isEmpty();
        assertThat(holding.sizeOf(large)).isEqualTo(new StreamCodec().sizeOf(large));
    }

    private static Resource content(StreamMessage message) {
        return Objects.requireNonNull(((StreamMessage.Response) message).payload())
                .resource();
    }

    private void letGoOn() {
        held.remove().run();
    }
}
