package dev.entente.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.entente.boot.StoresResource;
import dev.entente.domain.catalog.ImportedInstance;
import dev.entente.engine.port.ChangeLog;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody should send, byte by byte over sockets of our own: each gets its sentence, and nobody sees the inside of the process. */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class BadInputTest {
    private static final String REGISTER = "/v1/agent/service/register";
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");
    /** The hundred thousand of a long run are asked for by a property. */
    private static final int HUGE = Integer.getInteger("huge.answer", 10_000);

    private static final ObjectMapper JSON = new ObjectMapper();

    @TestHTTPResource
    URL server;

    @Inject
    ChangeLog log;

    /** @param status 0 when the connection was closed without a word */
    private record Heard(int status, String body) {}

    private Heard send(byte[] request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.getPort())) {
            socket.setSoTimeout(60_000);
            write(socket.getOutputStream(), request);
            return read(socket.getInputStream());
        }
    }

    /** The server may answer and close before it has read all. */
    private static void write(OutputStream out, byte[] request) throws IOException {
        try {
            out.write(request);
            out.flush();
        } catch (SocketException closed) {
            assertThat(closed).hasMessageNotContaining("refused");
        }
    }

    private static Heard read(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[65_536];
        while (!isComplete(all)) {
            int read;
            try {
                read = in.read(buffer);
            } catch (SocketException reset) {
                break;
            }
            if (read < 0) {
                break;
            }
            all.write(buffer, 0, read);
        }
        String text = all.toString(StandardCharsets.UTF_8);
        assertThat(text).doesNotContain("Exception", "\tat ", "dev.entente", "\"stack\"");
        return text.isEmpty()
                ? new Heard(0, "")
                : new Heard(
                        Integer.parseInt(text.split(" ", 3)[1]),
                        text.substring(text.indexOf("\r\n\r\n") + 4).strip());
    }

    private static boolean isComplete(ByteArrayOutputStream all) {
        if (all.size() > 1_000_000) {
            return false;
        }
        String text = all.toString(StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        Matcher length = LENGTH.matcher(text);
        return end >= 0 && length.find() && text.length() >= end + 4 + Integer.parseInt(length.group(1));
    }

    private static byte[] request(String method, String path, String headers, byte[] body) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.write((method + " " + path + " HTTP/1.1\r\nHost: x\r\n" + headers + "Content-Length: " + body.length
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        request.write(body);
        return request.toByteArray();
    }

    private Heard put(String path, String body) throws IOException {
        return send(request("PUT", path, "", body.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private Heard get(String path) throws IOException {
        return send(request("GET", path, "", new byte[0]));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    wait=-5s                                       | 200 |
                    index=9223372036854775808&wait=10ms            | 200 |
                    index=18446744073709551615&wait=10ms           | 200 |
                    index=18446744073709551616                     | 400 | Invalid index
                    index=99999999999999999999999999999999999999   | 400 | Invalid index
                    index=-9223372036854775809                     | 400 | Invalid index
                    index=1&wait=9223372036854775808s              | 400 | Invalid wait time
                    index=1&wait=99999999999999999999999999999999h | 400 | Invalid wait time
                    filter=%zz                                     | 400 |
                    near=%00                                       | 200 |
                    peer=%00                                       | 200 |
                    """)
    void numbersBeyondAllBoundsAreRefusedOrCut(String query, int status, String text) throws IOException {
        Heard heard = get("/v1/catalog/nodes?" + query);

        assertThat(heard.status()).isEqualTo(status);
        if (text != null) {
            assertThat(heard.body()).isEqualTo(text);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"Name":"bad","Nope":1}        | json: unknown field "Nope"
                    {"Name":"bad","Port":"80"}     | json: cannot unmarshal string into Go struct field .Alias.Port of type int
                    {"Name":"bad","Port":8.0e1}    | json: cannot unmarshal number 8.0e1 into Go struct field .Alias.Port of type int
                    {"Name":"bad","Port":1e400}    | json: cannot unmarshal number 1e400 into Go struct field .Alias.Port of type int
                    {"Name":"a\\u0000b"}           | the character U+0000 cannot be stored
                    {"Name":"bad","Tags":["\\u0000"]} | the character U+0000 cannot be stored
                    {"Name":"bad","Check":{"TTL":"9999999999h"}} | time: invalid duration "9999999999h"
                    """)
    void aMalformedRegistrationIsRefusedWithGosComplaint(String body, String complaint) throws IOException {
        assertThat(put(REGISTER, body)).isEqualTo(new Heard(400, "Request decode failed: " + complaint));
        assertThat(get("/v1/agent/service/bad").status()).isEqualTo(404);
    }

    /** Of a member that is there twice the last one counts, in whatever spelling. */
    @Test
    void ofADoubledMemberTheLastCounts() throws IOException {
        assertThat(put(REGISTER, "{\"Name\":\"one\",\"NAME\":\"two\",\"name\":\"bad-three\"}")
                        .status())
                .isEqualTo(200);

        assertThat(get("/v1/agent/service/bad-three").status()).isEqualTo(200);
        assertThat(get("/v1/agent/service/two").status()).isEqualTo(404);
        put("/v1/agent/service/deregister/bad-three", "");
    }

    @Test
    void bytesThatAreNoTextBecomeReplacementsAsInGo() throws IOException {
        assertThat(put(REGISTER, "{\"Name\":\"bad-utf\",\"Tags\":[\"a\u00ffb\",\"\\ud800\",\"\\ud83d\\ude00\"]}")
                        .status())
                .isEqualTo(200);

        assertThat(get("/v1/agent/service/bad-utf").body())
                .containsSubsequence("\"Tags\"", "\"a\uFFFDb\"", "\"\uFFFD\"", "\"\uD83D\uDE00\"");
        assertThat(get("/v1/catalog/service/%ff%fe")).isEqualTo(new Heard(200, "[]"));
        assertThat(get("/v1/catalog/service/\u00ff").status()).isEqualTo(200);
        put("/v1/agent/service/deregister/bad-utf", "");
    }

    /** A write that its store refuses would take others with it. */
    @Test
    void nothingWithANullCharacterReachesAStore() throws IOException {
        String complaint = "the character U+0000 cannot be stored";
        assertThat(put("/v1/catalog/register", "{\"Node\":\"n\\u0000\",\"Address\":\"1.2.3.4\"}"))
                .isEqualTo(new Heard(400, "Request decode failed: " + complaint));
        assertThat(put("/v1/config", "{\"Kind\":\"service-defaults\",\"Name\":\"a\\u0000\"}"))
                .isEqualTo(new Heard(400, "Request decoding failed: " + complaint));
        assertThat(put("/v1/connect/intentions/exact?source=a&destination=b%00", "{\"Action\":\"deny\"}"))
                .isEqualTo(new Heard(400, "A name must not contain the character U+0000"));
        assertThat(get("/v1/catalog/service/a%00b").status()).isEqualTo(400);
    }

    @Test
    void deepNestingIsRefusedBeforeItFillsTheStack() throws IOException {
        String arrays = "[".repeat(100_000) + "]".repeat(100_000);
        String objects = "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000);

        assertThat(put(REGISTER, "{\"Name\":\"bad\",\"Meta\":" + arrays + "}"))
                .isEqualTo(new Heard(400, "Request decode failed: exceeded max depth"));
        assertThat(put("/v1/config", "{\"Kind\":\"proxy-defaults\",\"Name\":\"global\",\"Config\":" + objects + "}"))
                .isEqualTo(new Heard(400, "Request decoding failed: exceeded max depth"));
        assertThat(get("/v1/catalog/nodes?filter=" + "(".repeat(3000) + "Node==a" + ")".repeat(3000)))
                .isEqualTo(new Heard(
                        500, "Failed to create boolean expression evaluator: the expression is nested too deeply"));
    }

    @Test
    void whatIsTooLongIsRefusedAndWhatIsJustShortEnoughIsTaken() throws IOException {
        assertThat(get("/v1/catalog/service/" + "a".repeat(20_000)).status()).isEqualTo(414);
        assertThat(get("/v1/catalog/service/" + "a".repeat(16_000)).status()).isEqualTo(200);
        assertThat(send(request("GET", "/v1/catalog/nodes", "X-Long: " + "a".repeat(30_000) + "\r\n", new byte[0]))
                        .status())
                .isEqualTo(431);
        assertThat(put(REGISTER, "{\"Name\":\"bad\",\"Tags\":[\"" + "x".repeat(1_100_000) + "\"]}")
                        .status())
                .isEqualTo(413);
        String chunk = "10000\r\n" + "x".repeat(65_536) + "\r\n";
        assertThat(send(("PUT " + REGISTER + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                                        + chunk.repeat(30) + "0\r\n\r\n")
                                .getBytes(StandardCharsets.ISO_8859_1))
                        .status())
                .isEqualTo(413);
        assertThat(get("/v1/agent/service/bad").status()).isEqualTo(404);
    }

    @Test
    void aTagOfAMegabyteIsKeptAndReadWhole() throws IOException {
        String tag = "t".repeat(1_000_000);
        assertThat(put(REGISTER, "{\"Name\":\"bad-tag\",\"Tags\":[\"" + tag + "\"]}")
                        .status())
                .isEqualTo(200);

        for (String path : List.of("agent/service/bad-tag", "health/service/bad-tag", "catalog/service/bad-tag")) {
            assertThat(RestAssured.given().get("/v1/" + path).asString()).contains(tag);
        }
        assertThat(put("/v1/agent/service/deregister/bad-tag", "").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET\r\n\r\n",
                "GET /v1/catalog/nodes HTTP/9.9\r\n\r\n",
                "PUT /v1/agent/service/register HTTP/1.1\r\nHost: x\r\nContent-Length: abc\r\n\r\n",
                "PUT /v1/agent/service/register HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
                "PUT /v1/agent/service/register HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
                "GET /v1/catalog/service/%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                "PUT /v1/agent/service/register HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n"
            })
    void whatIsNoHttpIsRefusedOrCutOff(String request) throws IOException {
        assertThat(send(request.getBytes(StandardCharsets.ISO_8859_1)).status()).isIn(0, 400);
        assertThat(get("/v1/status/leader").status()).isEqualTo(200);
    }

    /** Whoever drips a body holds nobody up. */
    @Test
    void aSlowBodyHoldsOnlyItsOwnConnection() throws IOException {
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Socket socket = new Socket("127.0.0.1", server.getPort());
            write(
                    socket.getOutputStream(),
                    ("PUT " + REGISTER + " HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n{\"Name\":\"bad")
                            .getBytes(StandardCharsets.ISO_8859_1));
            slow.add(socket);
        }

        assertThat(put(REGISTER, "{\"Name\":\"bad-quick\"}").status()).isEqualTo(200);
        assertThat(put("/v1/agent/service/deregister/bad-quick", "").status()).isEqualTo(200);
        for (Socket socket : slow) {
            socket.close();
        }
    }

    @AfterEach
    void deletePeer() {
        FarPeer.close("bad-peer");
    }

    /** While a long answer is made, others are answered: no event loop is busy with it for long. */
    @Test
    void aHugeAnswerIsWholeAndHoldsNobodyUp() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        List<ImportedInstance> instances = new ArrayList<>();
        for (int i = 0; i < HUGE; i++) {
            instances.add(FarPeer.instance("far-" + i % 500, "bad-huge", "i-" + i, "passing"));
        }
        FarPeer.open(log, "bad-peer", "bad-small");
        FarPeer.send(log, "bad-peer", "bad-huge", instances);
        AtomicLong longest = new AtomicLong();

        for (String path : List.of(
                "health/service/bad-huge?peer=bad-peer",
                "health/service/bad-huge?peer=bad-peer&passing",
                "catalog/service/bad-huge?peer=bad-peer",
                "health/checks/bad-huge?peer=bad-peer")) {
            CompletableFuture<HttpResponse<byte[]>> answer =
                    client.sendAsync(request("/v1/" + path), BodyHandlers.ofByteArray());
            while (!answer.isDone()) {
                long began = System.nanoTime();
                assertThat(client.send(request("/v1/status/leader"), BodyHandlers.discarding())
                                .statusCode())
                        .isEqualTo(200);
                longest.accumulateAndGet(System.nanoTime() - began, Math::max);
            }
            assertThat(rows(answer.join().body())).as(path).isEqualTo(HUGE);
        }

        // Far more than it takes where there is nothing else to do.
        assertThat(Duration.ofNanos(longest.get())).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void hugeAnswersThatNobodyReadsAreCountedUntilTheirClientsGoAndHoldNobodyUp() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        List<ImportedInstance> instances = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            instances.add(FarPeer.instance("far-" + i % 500, "bad-unread", "i-" + i, "passing"));
        }
        FarPeer.open(log, "bad-peer", "bad-small");
        FarPeer.send(log, "bad-peer", "bad-unread", instances);
        String path = "/v1/health/service/bad-unread?peer=bad-peer&passing";
        List<Socket> unread = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Socket socket = new Socket();
            socket.setReceiveBufferSize(16 * 1024);
            socket.connect(new InetSocketAddress("127.0.0.1", server.getPort()));
            write(socket.getOutputStream(), request("GET", path, "", new byte[0]));
            unread.add(socket);
        }

        int length = client.send(request(path), BodyHandlers.ofByteArray()).body().length;
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(heldBytes()).isEqualTo(10L * length));
        assertThat(get("/v1/status/leader").status()).isEqualTo(200);
        HttpRequest head = HttpRequest.newBuilder(request(path), (name, value) -> true)
                .method("HEAD", BodyPublishers.noBody())
                .build();
        assertThat(client.send(head, BodyHandlers.ofByteArray()).body()).isEmpty();
        for (Socket socket : unread) {
            socket.close();
        }

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(heldBytes()).isZero());
    }

    private long heldBytes() throws IOException {
        for (JsonNode gauge : JSON.readTree(get("/v1/agent/metrics").body()).get("Gauges")) {
            if (gauge.get("Name").asText().endsWith("http.large_answers.bytes")) {
                return gauge.get("Value").asLong();
            }
        }
        throw new AssertionError("there is no such gauge");
    }

    /** Read without keeping it: a tree of a hundred thousand instances is larger than all that the server needs for them. */
    private static int rows(byte[] answer) throws IOException {
        try (JsonParser parser = JSON.createParser(answer)) {
            assertThat(parser.nextToken()).isEqualTo(JsonToken.START_ARRAY);
            int rows = 0;
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                parser.skipChildren();
                rows++;
            }
            return rows;
        }
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getPort() + path))
                .build();
    }
}
