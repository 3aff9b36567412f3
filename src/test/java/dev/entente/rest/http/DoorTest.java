package dev.entente.rest.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.query.WaitTime;
import dev.entente.fake.VirtualLoop;
import dev.entente.rest.json.AgentProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How answers are packed, over real sockets (protocol chapter 6.1.1). */
class DoorTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final String BARE = "{\"consul\":[],\"web\":[\"a\",\"b\"]}";
    private static final String INDENTED =
            "{\n    \"consul\": [],\n    \"web\": [\n        \"a\",\n        \"b\"\n    ]\n}\n";

    @AfterAll
    static void close() throws Exception {
        VERTX.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static AgentProfile profile(boolean alwaysPretty) {
        AgentProfile.Ports ports = new AgentProfile.Ports(1, 2, 3, new AgentProfile.Gossip(4, 5, 6));
        return new AgentProfile(
                "dc1", "n", "id", "127.0.0.1", "1.14.0", "", Map.of(), ports, true, true, false, alwaysPretty);
    }

    private static String get(boolean alwaysPretty, String query) throws Exception {
        Door door = new Door(
                profile(alwaysPretty),
                WaitTime.USUAL,
                new AnswerRoom(1024, Duration.ofSeconds(1), new VirtualLoop()),
                new ClientPace(1, new VirtualLoop()));
        HttpServer server = VERTX.createHttpServer()
                .requestHandler(request -> answer(door, request))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        URI uri = URI.create("http://127.0.0.1:" + server.actualPort() + "/v1/catalog/services" + query);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }

    private static void answer(Door door, HttpServerRequest request) {
        Uni<Response> response =
                door.answer(request, call -> Uni.createFrom().item(Answer.json(BARE.getBytes(StandardCharsets.UTF_8))));
        response.subscribe().with(packed -> request.response().end(Buffer.buffer((byte[]) packed.getEntity())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"?pretty", "?pretty=1", "?pretty=", "?index=0&pretty=true"})
    void prettyAnswersAreIndentedByFourSpacesAndEndTheLine(String query) throws Exception {
        assertThat(get(false, query)).isEqualTo(INDENTED);
    }

    @Test
    void withoutAskingOnlyDevelopmentModeIsPretty() throws Exception {
        assertThat(get(false, "")).isEqualTo(BARE);
        assertThat(get(true, "")).isEqualTo(INDENTED);
    }
}
