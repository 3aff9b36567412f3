package dev.entente.equivalence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One server of a product as a process of its own, with its data in a folder that outlives restarts. */
final class Server {
    private static final Duration CALL = Duration.ofSeconds(20);
    private static final Duration START = Duration.ofMinutes(4);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private final Product product;
    private final Side side;
    private final Path folder;
    private final int port;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();
    private @Nullable Process process;

    Server(Product product, Side side, Path folder, Ports ports) throws IOException {
        this.product = product;
        this.side = side;
        this.folder = folder;
        this.port = ports.block();
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("agent.json"), configuration().toString());
    }

    /** A new folder for the data of several servers. It stays, for their logs may be wanted. */
    static Path folder(String name) throws IOException {
        return Files.createTempDirectory(
                Files.createDirectories(Path.of("target").toAbsolutePath()), name + "-");
    }

    /** Keys that both products read; what has no meaning to one of them it passes over. */
    private ObjectNode configuration() {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("server", true).put("bootstrap_expect", 1).put("disable_update_check", true);
        root.put("node_name", side.node()).put("datacenter", side.datacenter());
        root.put("data_dir", folder.resolve("data").toString()).put("log_level", "info");
        root.put("bind_addr", "127.0.0.1").put("client_addr", "127.0.0.1");
        root.putObject("peering").put("enabled", true);
        root.putObject("connect").put("enabled", true);
        root.putObject("performance").put("raft_multiplier", 1);
        root.putObject("ports")
                .put("http", port)
                .put("grpc", -1)
                .put("grpc_tls", port + 1)
                .put("server", port + 2)
                .put("serf_lan", port + 3)
                .put("serf_wan", -1)
                .put("dns", -1);
        return root;
    }

    Product product() {
        return product;
    }

    Side side() {
        return side;
    }

    Path log() {
        return folder.resolve("agent.log");
    }

    void start() throws IOException {
        List<String> command = List.of(
                product.command().toString(),
                "agent",
                "-config-file",
                folder.resolve("agent.json").toString());
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    /** Ready is who leads and has a certificate authority: only then a token can be given out. */
    void awaitReady() throws IOException {
        long began = System.nanoTime();
        while (System.nanoTime() - began < START.toNanos()) {
            if (process == null || !process.isAlive()) {
                throw new IOException(this + " ended while starting, see " + log());
            }
            try {
                if (get("/v1/status/leader").body().length() > 4
                        && get("/v1/connect/ca/roots").isOk()) {
                    return;
                }
            } catch (IOException notYet) {
                // Not listening yet: asked again.
            }
            Pause.millis(50);
        }
        throw new IOException(this + " was not ready within " + START.toSeconds() + " s, see " + log());
    }

    /** Ends the process the way a service manager does. */
    void stop() throws IOException {
        end(false);
    }

    /** Ends the process without a word. */
    void kill() throws IOException {
        end(true);
    }

    private void end(boolean forcibly) throws IOException {
        Process running = process;
        if (running == null) {
            return;
        }
        process = null;
        if (forcibly) {
            running.destroyForcibly();
        } else {
            running.destroy();
        }
        try {
            if (!running.waitFor(20, TimeUnit.SECONDS)) {
                running.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    Answer get(String path) throws IOException {
        return call("GET", path, null);
    }

    /** What an answer becomes, made only when it has changed since the last time: most answers have not. */
    JsonNode normal(String path, Function<Answer, JsonNode> normal) throws IOException {
        Answer answer = get(path);
        Seen before = seen.get(path);
        if (before != null && before.answer.equals(answer)) {
            return before.normal;
        }
        Seen now = new Seen(answer, normal.apply(answer));
        seen.put(path, now);
        return now.normal;
    }

    /** An answer with what it became. */
    private record Seen(Answer answer, JsonNode normal) {}

    Answer call(String method, String path, @Nullable String body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(CALL)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        IOException stopped = new InterruptedIOException("interrupted");
        stopped.initCause(e);
        return stopped;
    }

    @Override
    public String toString() {
        return product.label() + " " + side + " (port " + port + ")";
    }
}
