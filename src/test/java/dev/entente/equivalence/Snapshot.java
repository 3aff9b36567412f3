package dev.entente.equivalence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The normalised answers of one server. */
record Snapshot(Server server, Map<String, JsonNode> answers) {
    /** Tags of a name, and a local service beside an imported one of the same name, come in any order in Consul. */
    private static final List<String> IN_ANY_ORDER = List.of("/v1/catalog/services", "/v1/internal/ui/services");

    static Snapshot of(Server server, Collection<String> paths) throws IOException {
        Map<String, JsonNode> answers = new LinkedHashMap<>();
        for (String path : paths) {
            answers.put(path, server.normal(path, answer -> normal(path, answer)));
        }
        return new Snapshot(server, answers);
    }

    private static JsonNode normal(String path, Answer answer) {
        JsonNode normal = Normal.of(answer);
        return IN_ANY_ORDER.stream().anyMatch(path::startsWith) ? Normal.sorted(normal) : normal;
    }

    /** The same with the answers to more reads. */
    Snapshot and(Collection<String> paths) throws IOException {
        Map<String, JsonNode> all = new LinkedHashMap<>(answers);
        all.putAll(of(server, paths).answers);
        return new Snapshot(server, all);
    }

    Side side() {
        return server.side();
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
