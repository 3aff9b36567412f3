package dev.entente.equivalence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The normalised answers of one server to all reads. */
record Snapshot(Side side, Map<String, JsonNode> answers) {
    private static final String TAGS_IN_ANY_ORDER = "/v1/catalog/services";

    static Snapshot of(Server server) throws IOException {
        Map<String, JsonNode> answers = new LinkedHashMap<>();
        for (String path : Reads.of(server.side())) {
            JsonNode answer = Normal.of(server.get(path));
            answers.put(path, path.startsWith(TAGS_IN_ANY_ORDER) ? Normal.sorted(answer) : answer);
        }
        return new Snapshot(server.side(), answers);
    }

    JsonNode body(String path) {
        return answers.getOrDefault(path, MissingNode.getInstance()).path("body");
    }

    int status(String path) {
        return answers.getOrDefault(path, MissingNode.getInstance())
                .path("status")
                .asInt();
    }
}
