package dev.entente.boot.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.entente.engine.port.EventLoop;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VertxEventLoopsTest {
    private final Vertx vertx = Vertx.vertx();
    private final VertxEventLoops loops = new VertxEventLoops(vertx);

    @AfterEach
    void end() {
        loops.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static <T> T on(EventLoop loop, Supplier<T> work) throws Exception {
        CompletableFuture<T> done = new CompletableFuture<>();
        loop.execute(() -> done.complete(work.get()));
        return done.get(10, TimeUnit.SECONDS);
    }

    @Test
    void oneAloneHoldsUpNoOther() throws Exception {
        EventLoop alone = loops.alone("exports");
        CompletableFuture<Void> release = new CompletableFuture<>();
        alone.execute(release::join);

        // As many as there are, and some twice.
        for (int n = 0; n < 4 * Runtime.getRuntime().availableProcessors(); n++) {
            assertThat(on(loops.next(), Context::isOnEventLoopThread)).isTrue();
        }

        release.complete(null);
        assertThat(on(alone, Context::isOnEventLoopThread)).isFalse();
        assertThat(on(alone, () -> Thread.currentThread().getName())).startsWith("exports");
    }

    @Test
    void oneAloneKeepsTheOrderAndTheTime() throws Exception {
        EventLoop alone = loops.alone("exports");
        List<Integer> done = new CopyOnWriteArrayList<>();
        IntStream.range(0, 1000).forEach(n -> alone.execute(() -> done.add(n)));
        alone.after(Duration.ofMillis(20), () -> done.add(1000));
        await().atMost(Duration.ofSeconds(10)).until(() -> done.size() == 1001);
        assertThat(done).isSorted();
    }

    @Test
    void itsThreadEndsWithTheLoops() throws Exception {
        Thread thread = on(loops.alone("exports"), Thread::currentThread);
        assertThat(thread).isInstanceOf(FastThreadLocalThread.class);

        loops.close();

        thread.join(10_000);
        assertThat(thread.isAlive()).isFalse();
    }
}
