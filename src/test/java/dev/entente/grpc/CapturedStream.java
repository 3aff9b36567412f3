package dev.entente.grpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/** The messages of a recorded stream. */
final class CapturedStream {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One recorded message. */
    record Line(int number, String method, String from, byte[] bytes) {
        @Override
        public String toString() {
            return "line " + number + ", " + method + " from the " + from;
        }
    }

    private CapturedStream() {}

    static List<Line> messages(String method) {
        return lines().stream().filter(line -> line.method().equals(method)).toList();
    }

    private static List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(CapturedStream.class.getResourceAsStream("/wire/consul-1.14-dev/stream.jsonl")),
                StandardCharsets.UTF_8))) {
            int number = 0;
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                number++;
                JsonNode node = JSON.readTree(text);
                boolean carriesNothing = node.has("end") || node.has("code") || node.has("mark");
                if (!carriesNothing) {
                    lines.add(new Line(
                            number,
                            node.get("method").asText(),
                            node.get("from").asText(),
                            Base64.getDecoder().decode(node.get("bytes").asText())));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }
}
