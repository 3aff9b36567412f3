package dev.entente.equivalence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** Takes out of an answer what no two servers have in common: ids, indexes, times, addresses and certificates. */
final class Normal {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> INDEXES = Set.of("CreateIndex", "ModifyIndex", "Index");
    private static final Set<String> LISTS_OF_ADDRESSES = Set.of("PeerServerAddresses", "ServerAddresses");

    private static final Set<String> TAGS = Set.of("Tags", "ServiceTags");

    private static final Map<Pattern, String> TEXTS = Map.of(
            Pattern.compile("-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----\n?"), "<certificate>",
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"), "<id>",
            Pattern.compile("\\b\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z"), "<time>",
            Pattern.compile("\\b127\\.0\\.0\\.\\d+(:\\d+)?"), "<address>",
            // What a refused entry would lead to is named as if in dc1 by Consul, whatever its datacenter is called.
            Pattern.compile("\\.default\\.default\\.dc\\d"), ".default.default.<datacenter>",
            Pattern.compile("\\b240\\.\\d+\\.\\d+\\.\\d+"), "<virtual address>");

    private Normal() {}

    static JsonNode of(Answer answer) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        whole.put("status", answer.status());
        whole.set("body", body(answer.body()));
        return whole;
    }

    private static JsonNode body(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            return node == null || node.isMissingNode() ? TextNode.valueOf("") : of(node);
        } catch (JsonProcessingException plain) {
            return TextNode.valueOf(text(text));
        }
    }

    static JsonNode of(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode result = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(member -> {
                if (!INDEXES.contains(member.getKey())) {
                    result.set(member.getKey(), member(member.getKey(), member.getValue()));
                }
            });
            if (object.path("Service").asText().equals("consul")) {
                result.remove("Port");
            }
            if (object.path("CheckID").asText().startsWith("_service_maintenance:")) {
                // Those of when the maintenance began; Consul takes later ones over when it is started again.
                result.remove("ServiceTags");
            }
            if (object.path("State").asText().equals("TERMINATED")) {
                // Consul sends an empty list before it ends a peering, or does not: whichever of its routines is first.
                result.remove("StreamStatus");
            }
            return result;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode result = JsonNodeFactory.instance.arrayNode();
            array.forEach(item -> result.add(of(item)));
            return result;
        }
        return node.isTextual() ? TextNode.valueOf(text(node.textValue())) : node;
    }

    private static JsonNode member(String name, JsonNode value) {
        if (name.equals("PeeringToken") && value.isTextual()) {
            return body(new String(Base64.getDecoder().decode(value.textValue()), StandardCharsets.UTF_8));
        }
        if (TAGS.contains(name) && value.isEmpty()) {
            // Null or an empty list, by the way in which the service was registered, where Consul shows it to its own
            // UI.
            return JsonNodeFactory.instance.nullNode();
        }
        if (name.equals("grpc_tls_port")) {
            return TextNode.valueOf("<port>");
        }
        if (LISTS_OF_ADDRESSES.contains(name) && value.isArray()) {
            return TextNode.valueOf(value.isEmpty() ? "no addresses" : "<addresses>");
        }
        return of(value);
    }

    /** The same with all lists in one order, for answers that promise none. */
    static JsonNode sorted(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode result = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(member -> result.set(member.getKey(), sorted(member.getValue())));
            return result;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode result = JsonNodeFactory.instance.arrayNode();
            StreamSupport.stream(array.spliterator(), false)
                    .map(Normal::sorted)
                    .sorted(Comparator.comparing(JsonNode::toString))
                    .forEach(result::add);
            return result;
        }
        return node;
    }

    static String text(String text) {
        String result = text;
        for (Map.Entry<Pattern, String> replaced : TEXTS.entrySet()) {
            result = replaced.getKey().matcher(result).replaceAll(replaced.getValue());
        }
        return result;
    }
}
