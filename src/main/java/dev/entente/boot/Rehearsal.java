package dev.entente.boot;

import io.quarkus.runtime.QuarkusApplication;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * An agent that starts, is asked a few things, and stops by itself.
 *
 * <p>The JVM records which classes that took, and later agents start from the record.
 */
public final class Rehearsal implements QuarkusApplication {
    private static final Duration SETTLE = Duration.ofSeconds(1);
    private static final String SERVICE = "{\"Name\": \"rehearsal\", \"Port\": 1, \"Check\": {\"TTL\": \"1m\"}}";
    private static final List<String> QUESTIONS = List.of(
            "/v1/agent/self",
            "/v1/status/leader",
            "/v1/catalog/services",
            "/v1/health/service/rehearsal",
            "/v1/peerings",
            "/v1/connect/ca/roots",
            "/q/health");

    @Override
    public int run(String... arguments) throws Exception {
        ask("PUT", "/v1/agent/service/register", SERVICE);
        ask("POST", "/v1/peering/token", "{\"PeerName\": \"rehearsal\"}");
        for (String question : QUESTIONS) {
            ask("GET", question, "");
        }
        Thread.sleep(SETTLE.toMillis());
        return 0;
    }

    /** What is answered does not matter, only that it was worked out. */
    private static void ask(String method, String path, String body) throws IOException {
        String port = System.getProperty("quarkus.http.port", "8500");
        HttpURLConnection call = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
        call.setConnectTimeout((int) SETTLE.toMillis());
        call.setReadTimeout(10 * (int) SETTLE.toMillis());
        call.setRequestMethod(method);
        if (!body.isEmpty()) {
            call.setDoOutput(true);
            call.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        }
        int status = call.getResponseCode();
        System.out.println("rehearsed " + method + " " + path + ": " + status);
        call.disconnect();
    }
}
