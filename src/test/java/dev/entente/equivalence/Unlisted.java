package dev.entente.equivalence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Imported proxies that are there by chance. Under {@code *} Consul also sends the proxy of a name that has no instance but only
 * a resolver, and does not list that name; an importer forgets with each list what is not on it. So the proxy is there when it
 * was the last to arrive, as after a gateway has changed, and is not when the list was, as it may be after a restart.
 */
final class Unlisted {
    private static final String UI_NODES = "/v1/internal/ui/nodes";

    private final Set<String> services;
    private final Set<String> proxies;
    private final Set<String> nodes = new TreeSet<>();

    private Unlisted(Set<String> services) {
        this.services = services;
        this.proxies = services.stream().map(name -> name + "-sidecar-proxy").collect(Collectors.toUnmodifiableSet());
    }

    /** What the reader has answered, without what is there by chance. */
    static Snapshot removedFrom(Snapshot reader, Expected expected, Snapshot exporter) {
        Expected.Exports exports = expected.from(exporter.side());
        if (!exports.everything()) {
            return reader;
        }
        Unlisted unlisted = new Unlisted(Reads.SERVICES.stream()
                .filter(service -> !exports.names().contains(service))
                .filter(service ->
                        Quiet.ownInstances(exporter.body(Reads.local(service))).isEmpty())
                .collect(Collectors.toUnmodifiableSet()));
        return unlisted.removedFrom(reader);
    }

    private Snapshot removedFrom(Snapshot reader) {
        Map<String, JsonNode> answers = new LinkedHashMap<>(reader.answers());
        // Goes first, to find the nodes on which nothing else is.
        answers.computeIfPresent(UI_NODES, (read, answer) -> without(answer, false));
        answers.replaceAll((read, answer) -> without(answer, read.contains("peer=")));
        return new Snapshot(reader.server(), answers);
    }

    private JsonNode without(JsonNode node, boolean imported) {
        if (node instanceof ObjectNode object) {
            ObjectNode result = JsonNodeFactory.instance.objectNode();
            object.properties().stream()
                    .filter(member -> !(imported && proxies.contains(member.getKey())))
                    .forEach(member -> result.set(member.getKey(), without(member.getValue(), imported)));
            return result;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode result = JsonNodeFactory.instance.arrayNode();
            for (JsonNode item : array) {
                JsonNode left = without(item, imported);
                boolean emptied = isImported(item, imported) && isEmptied(item, left);
                if (emptied) {
                    nodes.add(item.path("Node").asText());
                }
                if (!emptied && !(isImported(item, imported) && isByChance(item))) {
                    result.add(left);
                }
            }
            return result;
        }
        return node;
    }

    private static boolean isImported(JsonNode item, boolean imported) {
        return imported
                || !item.path("PeerName").asText().isEmpty()
                || !item.path("Service").path("PeerName").asText().isEmpty();
    }

    private static boolean isEmptied(JsonNode node, JsonNode left) {
        return !node.path("Services").isEmpty() && left.path("Services").isEmpty();
    }

    private boolean isByChance(JsonNode item) {
        return proxies.contains(item.path("Name").asText())
                // The UI also lists the service that a proxy stands for.
                || services.contains(item.path("Name").asText())
                || proxies.contains(item.path("Service").asText())
                || proxies.contains(item.path("Service").path("Service").asText())
                || proxies.contains(item.path("ServiceName").asText())
                || (item.path("Service").isMissingNode()
                        && nodes.contains(item.path("Node").asText()));
    }
}
