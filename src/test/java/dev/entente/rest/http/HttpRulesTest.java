package dev.entente.rest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What the front door does with any request, over real sockets (protocol chapters 6.1.1 and 6.1.2). */
class HttpRulesTest {
    private static final Vertx VERTX = Vertx.vertx();

    @AfterAll
    static void close() throws Exception {
        VERTX.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static HttpServer listening(HttpRules rules) throws Exception {
        FrontDoor door = new FrontDoor(
                RouteTable.standard(),
                false,
                (method, route, url, from, took) -> {},
                rules,
                new BodyDeadline(Duration.ofMillis(300)));
        Router router = Router.router(VERTX);
        router.route().handler(door::handle);
        router.route()
                .handler(context ->
                        context.request().bodyHandler(body -> context.response().end("through")));
        router.route().order(Integer.MIN_VALUE).failureHandler(LostRequests::answer);
        return VERTX.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    /** One request on a connection of its own, which stays open. */
    private static List<String> ask(Socket socket, String method, String path) throws IOException {
        socket.setSoTimeout(10_000);
        String request = method + " " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        List<String> head = new ArrayList<>();
        int length = 0;
        for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
            head.add(line);
            length = line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length: ")
                    ? Integer.parseInt(line.substring(16))
                    : length;
        }
        char[] body = new char[length];
        int read = 0;
        while (read < length) {
            read += reader.read(body, read, length - read);
        }
        head.add(new String(body));
        return head;
    }

    private static List<String> askOnce(HttpServer server, String method, String path) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.actualPort())) {
            return ask(socket, method, path);
        }
    }

    private static HttpRules rules(List<String> blocked, List<Network> writers, int connections) {
        return new HttpRules(Map.of("X-Ours", "yes"), blocked, writers, connections);
    }

    @Test
    void everyAnswerCarriesTheConfiguredHeaders() throws Exception {
        HttpServer server = listening(rules(List.of(), List.of(), 0));

        assertThat(askOnce(server, "GET", "/v1/catalog/nodes")).contains("X-Ours: yes", "through");
        assertThat(askOnce(server, "GET", "/v1/nope"))
                .contains("X-Ours: yes")
                .first()
                .asString()
                .contains("404");
        assertThat(askOnce(server, "PUT", "/v1/catalog/nodes"))
                .contains("X-Ours: yes")
                .first()
                .asString()
                .contains("405");
    }

    @Test
    void aBlockedEndpointIsNotServed() throws Exception {
        HttpServer server = listening(rules(List.of("/v1/catalog/"), List.of(), 0));

        assertThat(askOnce(server, "GET", "/v1/catalog/nodes"))
                .contains("HTTP/1.1 403 Forbidden", "Endpoint is blocked by agent configuration");
        assertThat(askOnce(server, "GET", "/v1/health/state/any")).contains("through");
    }

    @Test
    void changesComeOnlyFromWhereTheyMay() throws Exception {
        HttpServer elsewhere = listening(rules(List.of(), List.of(Network.parse("10.0.0.0/8")), 0));
        HttpServer here = listening(rules(List.of(), List.of(Network.parse("127.0.0.0/8")), 0));

        assertThat(askOnce(elsewhere, "PUT", "/v1/catalog/register"))
                .contains("HTTP/1.1 403 Forbidden", "Access is restricted");
        assertThat(askOnce(elsewhere, "GET", "/v1/catalog/nodes")).contains("through");
        assertThat(askOnce(here, "PUT", "/v1/catalog/register")).contains("through");
    }

    @Test
    void aClientHasSoManyConnectionsAndNoMore() throws Exception {
        HttpServer server = listening(rules(List.of(), List.of(), 2));
        try (Socket one = new Socket("127.0.0.1", server.actualPort());
                Socket two = new Socket("127.0.0.1", server.actualPort());
                Socket three = new Socket("127.0.0.1", server.actualPort())) {
            assertThat(ask(one, "GET", "/v1/catalog/nodes")).contains("through");
            assertThat(ask(two, "GET", "/v1/catalog/nodes")).contains("through");
            assertThat(ask(three, "GET", "/v1/catalog/nodes"))
                    .first()
                    .asString()
                    .contains("429");
            assertThat(three.getInputStream().read()).isEqualTo(-1);
            assertThat(ask(one, "GET", "/v1/catalog/nodes")).contains("through");
        }
    }

    @Test
    void aConnectionThatEndedCountsNoMore() throws Exception {
        HttpServer server = listening(rules(List.of(), List.of(), 1));
        for (int i = 0; i < 20; i++) {
            List<String> answer = askOnce(server, "GET", "/v1/catalog/nodes");
            // The end of the connection before may not have been noticed yet.
            for (int tries = 0; !answer.contains("through") && tries < 200; tries++) {
                answer = askOnce(server, "GET", "/v1/catalog/nodes");
            }
            assertThat(answer).contains("through");
        }
    }

    @Test
    void whoDoesNotSendTheBodyInTimeIsCutOff() throws Exception {
        HttpServer server = listening(HttpRules.NONE);
        String head = "PUT /v1/catalog/register HTTP/1.1\r\nHost: x\r\nContent-Length: ";
        try (Socket slow = new Socket("127.0.0.1", server.actualPort());
                Socket quick = new Socket("127.0.0.1", server.actualPort())) {
            slow.setSoTimeout(10_000);
            quick.setSoTimeout(10_000);
            slow.getOutputStream().write((head + "10\r\n\r\n{").getBytes(StandardCharsets.UTF_8));
            quick.getOutputStream().write((head + "2\r\n\r\n{}").getBytes(StandardCharsets.UTF_8));

            assertThat(quick.getInputStream().read()).isEqualTo('H');
            assertThat(slow.getInputStream().read()).isEqualTo(-1);
            assertThat(ask(new Socket("127.0.0.1", server.actualPort()), "GET", "/v1/catalog/nodes"))
                    .contains("through");
        }
    }

    @Test
    void pathsAreCleanedAndWhatCannotBeReadIsRefused() throws Exception {
        HttpServer server = listening(HttpRules.NONE);

        assertThat(askOnce(server, "GET", "/v1//catalog/../catalog/nodes"))
                .contains("HTTP/1.1 301 Moved Permanently", "Location: /v1/catalog/nodes");
        assertThat(askOnce(server, "GET", "/v1/catalog/nodes?a=b;c=d"))
                .first()
                .asString()
                .contains("500");
        assertThat(askOnce(server, "GET", "/v1/catalog/node/a%07b"))
                .first()
                .asString()
                .contains("400");
        assertThat(askOnce(server, "GET", "/v1/catalog/node/%ff"))
                .first()
                .asString()
                .contains("200");
        assertThat(askOnce(server, "OPTIONS", "/v1/catalog/nodes")).contains("Allow: OPTIONS,GET");
        assertThat(askOnce(server, "PATCH", "/v1/catalog/nodes")).contains("method PATCH not allowed");
        assertThat(askOnce(server, "GET", "/v1/nope"))
                .contains("Invalid URL path: not a recognized HTTP API endpoint\n");
        assertThat(askOnce(server, "GET", "/v1/peering"))
                .contains("HTTP/1.1 301 Moved Permanently", "Location: /v1/peering/");
    }

    @Test
    void networksAreReadAsBlocksOfAddresses() {
        assertThat(Network.parse("fd00::/8").contains("fd12::1")).isTrue();
        assertThat(Network.parse("10.1.0.0/15").contains("10.0.255.255")).isTrue();
        assertThat(Network.parse("10.1.0.0/16").contains("10.0.255.255")).isFalse();
        assertThat(Network.parse("10.0.0.0/8").contains("::1")).isFalse();
        assertThatThrownBy(() -> Network.parse("10.0.0.0")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Network.parse("10.0.0.0/33")).isInstanceOf(IllegalArgumentException.class);
    }
}
