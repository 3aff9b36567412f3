package dev.entente.rest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.entente.domain.query.WaitTime;
import dev.entente.engine.view.Found;
import dev.entente.fake.ContextLoop;
import dev.entente.rest.json.AgentProfile;
import dev.entente.rest.json.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Large answers and their memory, over real sockets, with clients that take them and clients that do not. */
class LargeAnswersTest {
    private static final int MEGABYTE = 1024 * 1024;
    /** Rows of half a kilobyte, as they are estimated. */
    private static final int ROWS = 20_000;

    private static final String ROW = "x".repeat(509);
    private static final int LENGTH = ROWS * 512 + 1;

    private final Vertx vertx = Vertx.vertx();
    private final List<Socket> clients = new ArrayList<>();
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    /** One thing that all read; others read one of their own. */
    private final List<String> shared = rows();

    private AnswerRoom room;
    private Door door;
    private LargeAnswers large;
    private int port;

    private static List<String> rows() {
        return new ArrayList<>(Collections.nCopies(ROWS, ROW));
    }

    @BeforeEach
    void open() throws Exception {
        open(Duration.ofSeconds(1), Duration.ofSeconds(60));
    }

    private void open(Duration patience, Duration atLeast) throws Exception {
        AgentProfile.Ports ports = new AgentProfile.Ports(1, 2, 3, new AgentProfile.Gossip(4, 5, 6));
        AgentProfile profile = new AgentProfile(
                "dc1", "n", "id", "127.0.0.1", "1.14.0", "", Map.of(), ports, true, true, false, false);
        // One that is being made and one that is on its way, or three on their way.
        room = new AnswerRoom(32L * MEGABYTE, patience, new ContextLoop(vertx));
        door = new Door(
                profile, WaitTime.USUAL, room, new ClientPace(1024L * MEGABYTE, atLeast, new ContextLoop(vertx)));
        large = new LargeAnswers(room, profile);
        Router router = Router.router(vertx);
        router.route().handler(this::answer);
        HttpServer server = vertx.createHttpServer()
                .connectionHandler(connection -> connection.closeHandler(gone -> closed.incrementAndGet()))
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        port = server.actualPort();
    }

    @AfterEach
    void close() throws Exception {
        for (Socket client : clients) {
            client.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private void answer(RoutingContext context) {
        String path = String.valueOf(context.request().path());
        Uni<Response> response = door.answer(
                context.request(),
                call -> path.endsWith("services")
                        ? Uni.createFrom().item(Answer.text(200, "small"))
                        : large.encoded(
                                call,
                                new Found<>(1, path.endsWith("nodes") ? shared : rows()),
                                rows -> Answer.json(encode(rows))));
        response.subscribe().with(packed -> send(context, packed));
    }

    private byte[] encode(List<String> rows) {
        made.incrementAndGet();
        return Json.array(rows, Json::value);
    }

    /** As the application's own server does. */
    private static void send(RoutingContext context, Response packed) {
        context.response().setStatusCode(packed.getStatus());
        packed.getStringHeaders().forEach((name, values) -> context.response().putHeader(name, values));
        if (packed.getEntity() instanceof HeldBody held) {
            held.sendTo(context);
        } else {
            context.response().end(Buffer.buffer((byte[]) packed.getEntity()));
        }
    }

    /** Asks and does not read. */
    private Socket ask(String path) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(16 * 1024);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        socket.setSoTimeout(20_000);
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
        clients.add(socket);
        return socket;
    }

    private CompletableFuture<HttpResponse<byte[]>> get(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().sendAsync(request.build(), BodyHandlers.ofByteArray());
    }

    private void awaitHeld(long bytes) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(room.held()).isEqualTo(bytes));
    }

    @Test
    void aLargeAnswerIsWholeAndItsMemoryIsGivenBack() throws Exception {
        HttpResponse<byte[]> answer = get("/v1/agent/checks").get(20, TimeUnit.SECONDS);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(Json.array(shared, Json::value)).hasSize(LENGTH);
        assertThat(answer.headers().firstValue("Content-Length")).contains(String.valueOf(LENGTH));
        awaitHeld(0);
    }

    @Test
    void compressedItTakesLessRoom() throws Exception {
        HttpResponse<byte[]> answer =
                get("/v1/agent/checks", "Accept-Encoding", "gzip").get(20, TimeUnit.SECONDS);

        assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes())
                .isEqualTo(Json.array(shared, Json::value));
        awaitHeld(0);
    }

    @Test
    void whenNobodyReadsTheNextIsRefusedAndSmallOnesAreAnswered() throws Exception {
        ask("/v1/agent/checks");
        awaitHeld(LENGTH);
        ask("/v1/agent/checks");
        awaitHeld(2 * LENGTH);

        CompletableFuture<HttpResponse<byte[]>> refused = get("/v1/agent/checks");
        int small = 0;
        while (!refused.isDone()) {
            assertThat(get("/v1/catalog/services").get(5, TimeUnit.SECONDS).statusCode())
                    .isEqualTo(200);
            small++;
        }

        assertThat(small).isPositive();
        assertThat(refused.join().statusCode()).isEqualTo(429);
        assertThat(new String(refused.join().body(), StandardCharsets.UTF_8))
                .isEqualTo("Too many large answers are on their way to clients,"
                        + " try again later or against a different server");
        assertThat(room.held()).isEqualTo(2 * LENGTH);
    }

    @Test
    void whoGoesAwayGivesItsMemoryToWhoWaits() throws Exception {
        Socket first = ask("/v1/agent/checks");
        awaitHeld(LENGTH);
        ask("/v1/agent/checks");
        awaitHeld(2 * LENGTH);
        CompletableFuture<HttpResponse<byte[]>> waits = get("/v1/agent/checks");
        await().until(() -> room.waiting() == 1);

        first.close();

        assertThat(waits.get(20, TimeUnit.SECONDS).body()).hasSize(LENGTH);
        awaitHeld(LENGTH);
    }

    @Test
    void whoGoesAwayBeforeItsAnswerIsMadeLeavesNothing() throws Exception {
        for (int i = 0; i < 10; i++) {
            ask("/v1/agent/checks").close();
        }

        await().until(() -> made.get() > 0);
        awaitHeld(0);
        assertThat(room.waiting()).isZero();
    }

    @Test
    void equalReadersAtTheSameTimeShareOneAnswer() throws Exception {
        for (int i = 0; i < 20; i++) {
            ask("/v1/catalog/nodes?index=" + i);
        }

        await().until(() -> made.get() == 1 && room.held() == LENGTH);
        assertThat(get("/v1/catalog/nodes?wait=5s").get(20, TimeUnit.SECONDS).body())
                .hasSize(LENGTH);
        assertThat(get("/v1/catalog/nodes?dc=dc1").get(20, TimeUnit.SECONDS).body())
                .hasSize(LENGTH);
        assertThat(made.get()).isEqualTo(2);
        awaitHeld(LENGTH);
        for (Socket client : clients) {
            client.close();
        }
        awaitHeld(0);
    }

    @Test
    void whoIsTooSlowIsCutOff() throws Exception {
        open(Duration.ofSeconds(1), Duration.ofSeconds(1));
        Socket slow = ask("/v1/agent/checks");
        awaitHeld(LENGTH);

        awaitHeld(0);
        await().until(() -> closed.get() == 1);

        assertThat(restOf(slow)).isLessThan(LENGTH);
    }

    private static long restOf(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[65_536];
        long read = 0;
        try {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                read += n;
            }
        } catch (SocketException reset) {
            return read;
        }
        return read;
    }
}
