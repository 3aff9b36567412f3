package dev.entente.rest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that send request after request on one connection and do not read, over real sockets. */
class UnreadAnswersTest {
    private static final int REQUESTS = 2000;
    private static final int LENGTH = 30_000;
    private static final Buffer BODY = Buffer.buffer("x".repeat(LENGTH));

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private Socket client(Duration limit) throws Exception {
        UnreadAnswers unread = new UnreadAnswers(limit);
        Router router = Router.router(vertx);
        router.route().handler(context -> unread.whenTaken(context, () -> answer(context)));
        HttpServer server = vertx.createHttpServer()
                .connectionHandler(connection -> connection.closeHandler(gone -> closed.incrementAndGet()))
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        Socket client = new Socket();
        client.setReceiveBufferSize(16 * 1024);
        client.setSoTimeout(20_000);
        client.connect(new InetSocketAddress("127.0.0.1", server.actualPort()));
        return client;
    }

    private void answer(RoutingContext context) {
        answered.incrementAndGet();
        context.response().end(BODY);
    }

    private static void ask(Socket client) {
        byte[] requests = "GET / HTTP/1.1\r\nHost: x\r\n\r\n".repeat(REQUESTS).getBytes(StandardCharsets.ISO_8859_1);
        Thread writer = new Thread(() -> {
            try {
                client.getOutputStream().write(requests);
            } catch (IOException cut) {
                assertThat(cut).isInstanceOf(SocketException.class);
            }
        });
        writer.setDaemon(true);
        writer.start();
    }

    private static long read(Socket client, long most) throws IOException {
        InputStream in = client.getInputStream();
        byte[] buffer = new byte[65_536];
        long all = 0;
        try {
            for (int n = in.read(buffer); n >= 0; n = all < most ? in.read(buffer) : -1) {
                all += n;
            }
        } catch (SocketException reset) {
            return all;
        }
        return all;
    }

    @Test
    void whoDoesNotReadIsNotAnsweredOnAndWhoReadsGetsEverything() throws Exception {
        try (Socket client = client(Duration.ofSeconds(30))) {
            ask(client);
            await().during(Duration.ofMillis(500)).until(() -> answered.get() > 0 && answered.get() < REQUESTS / 2);

            assertThat(read(client, (long) REQUESTS * LENGTH)).isGreaterThanOrEqualTo((long) REQUESTS * LENGTH);
            assertThat(answered).hasValue(REQUESTS);
        }
    }

    @Test
    void whoNeverReadsIsCutOff() throws Exception {
        try (Socket client = client(Duration.ofMillis(300))) {
            ask(client);
            await().atMost(Duration.ofSeconds(10)).until(closed::get, equalTo(1));

            assertThat(read(client, Long.MAX_VALUE)).isLessThan((long) REQUESTS * LENGTH);
        }
    }
}
