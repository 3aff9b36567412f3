package dev.entente.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A connection that was accepted and is not set up yet when the ports close. What grpc-java sets up after it has closed is cut without
 * a word, and within a moment in between throws; so whoever is told that it ends was set up before.
 */
class ArrivalAtAStopTest {
    private final TwoLoops loops = new TwoLoops();

    /** One loop listens, the other serves. */
    private static final class TwoLoops extends NioEventLoopGroup {
        private volatile boolean listening = true;

        TwoLoops() {
            super(2);
        }

        @Override
        public EventLoop next() {
            return (EventLoop) each().get(listening ? 0 : 1);
        }

        private List<EventExecutor> each() {
            List<EventExecutor> each = new ArrayList<>();
            forEach(each::add);
            return each;
        }

        SingleThreadEventExecutor serving() {
            listening = false;
            return (SingleThreadEventExecutor) each().get(1);
        }
    }

    @AfterEach
    void end() {
        loops.shutdownGracefully();
    }

    @Test
    void itIsSetUpFirstAndThenToldThatItEnds() throws Exception {
        Cluster cluster = new Cluster("77777777-2222-3333-4444-555555555555", loops).start();
        SingleThreadEventExecutor serving = loops.serving();
        CountDownLatch held = new CountDownLatch(1);
        serving.execute(() -> uninterrupted(held));
        try (Socket late = new Socket("127.0.0.1", cluster.plaintextPort)) {
            late.setSoTimeout(10_000);
            RecordingListener.await(() -> serving.pendingTasks() == 1);

            CompletableFuture<Void> stopped = cluster.listeners.stop().subscribeAsCompletionStage();
            RecordingListener.await(() -> turnsAway(cluster.plaintextPort));
            held.countDown();

            stopped.get();
            assertThat(late.getInputStream().readAllBytes()).isNotEmpty();
        }
    }

    private static void uninterrupted(CountDownLatch held) {
        try {
            held.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean turnsAway(int port) {
        try (Socket another = new Socket("127.0.0.1", port)) {
            another.setSoTimeout(200);
            return another.getInputStream().read() < 0;
        } catch (SocketTimeoutException letIn) {
            return false;
        } catch (IOException refused) {
            return true;
        }
    }
}
