package dev.entente.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.entente.boot.StoresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Sends what a real server refused, and wants the same status, {@code Allow}, type and text. */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class CapturedRefusalsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();

    @TestHTTPResource
    URL server;

    @Test
    void everyCapturedRefusalIsAnsweredAlike() throws IOException, InterruptedException {
        List<String> differences = new ArrayList<>();
        for (JsonNode exchange : exchanges()) {
            HttpResponse<String> answer = send(exchange);
            String expected = describe(
                    exchange.get("status").asInt(),
                    exchange.get("allow").asText(""),
                    exchange.get("type").asText(""),
                    exchange.get("body").asText(""));
            String actual = describe(
                    answer.statusCode(),
                    answer.headers().firstValue("Allow").orElse(""),
                    answer.headers().firstValue("Content-Type").orElse(""),
                    answer.body());
            if (!actual.equals(expected)) {
                differences.add(
                        "line " + exchange.get("line") + " " + exchange.get("method") + " " + exchange.get("path") + " "
                                + exchange.get("request") + "\n  wanted " + expected + "\n  got    " + actual);
            }
        }
        assertThat(differences).as(String.join("\n", differences)).isEmpty();
    }

    private static String describe(int status, String allow, String type, String body) {
        return status + " [" + allow + "] [" + type + "] " + body;
    }

    private HttpResponse<String> send(JsonNode exchange) throws IOException, InterruptedException {
        String base = server.toString().replaceAll("/$", "");
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(base + exchange.get("path").asText()))
                .method(exchange.get("method").asText(), body(exchange.get("request")));
        if (exchange.has("headers")) {
            exchange.get("headers")
                    .fields()
                    .forEachRemaining(header ->
                            request.header(header.getKey(), header.getValue().asText()));
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static BodyPublisher body(JsonNode request) {
        if (!request.isObject()) {
            return BodyPublishers.noBody();
        }
        return BodyPublishers.ofString(request.has("raw") ? request.get("raw").asText() : request.toString());
    }

    private static List<JsonNode> exchanges() throws IOException {
        try (InputStream file = CapturedRefusalsTest.class.getResourceAsStream("/http/refusals.jsonl")) {
            String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
            List<JsonNode> exchanges = new ArrayList<>();
            for (String line : text.split("\n")) {
                exchanges.add(JSON.readTree(line));
            }
            return exchanges;
        }
    }
}
