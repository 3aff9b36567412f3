package dev.entente.equivalence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** One instance of a service as the script knows it. */
final class Instance {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] TAGS = {"v1", "v2", "primary", "a b", "<&>", "größer", ""};

    final String service;
    final String node;
    final String id;
    /** Registered with the agent, which then has its own ways to change it; else straight in the catalog. */
    final boolean agents;

    final Map<String, String> checks = new LinkedHashMap<>();
    boolean inMaintenance;
    private ObjectNode definition = JSON.createObjectNode();

    Instance(String service, String node, String id, boolean agents) {
        this.service = service;
        this.node = node;
        this.id = id;
        this.agents = agents;
    }

    /** Makes up anew all that clients may say of a service. */
    void describe(SplittableRandom random) {
        definition = JSON.createObjectNode();
        definition.put("Port", random.nextInt(1, 65_536));
        ArrayNode tags = JSON.createArrayNode();
        for (int n = random.nextInt(4); n > 0; n--) {
            tags.add(TAGS[random.nextInt(TAGS.length - 1)]);
        }
        if (!tags.isEmpty() || random.nextBoolean()) {
            definition.set("Tags", tags);
        }
        if (random.nextBoolean()) {
            definition.put("Address", "10.1.0." + random.nextInt(1, 255));
        }
        if (random.nextBoolean()) {
            definition.putObject("Meta").put("version", "v" + random.nextInt(3)).put("note", "<a & b> \"c\"");
        }
        if (random.nextInt(3) == 0) {
            definition
                    .putObject("Weights")
                    .put("Passing", random.nextInt(1, 20))
                    .put("Warning", random.nextInt(1, 5));
        }
        if (random.nextInt(4) == 0) {
            ObjectNode addresses = definition.putObject("TaggedAddresses");
            addresses
                    .putObject("lan")
                    .put("Address", "10.2.0." + random.nextInt(1, 255))
                    .put("Port", 81);
            addresses
                    .putObject("wan")
                    .put("Address", "198.51.100." + random.nextInt(1, 255))
                    .put("Port", 82);
        }
        if (random.nextInt(5) == 0) {
            definition.put("EnableTagOverride", true);
        }
    }

    /** The body of {@code PUT /v1/agent/service/register}. */
    String agentBody() {
        ObjectNode body = definition.deepCopy().put("Name", service).put("ID", id);
        ArrayNode list = body.putArray("Checks");
        checks.forEach((check, status) ->
                list.addObject().put("CheckID", check).put("TTL", "2h").put("Status", status));
        return body.toString();
    }

    /** The member {@code Service} of {@code PUT /v1/catalog/register}. */
    JsonNode catalogService() {
        return definition.deepCopy().put("Service", service).put("ID", id);
    }

    /** One element of {@code Checks} of {@code PUT /v1/catalog/register}. */
    ObjectNode catalogCheck(String check) {
        return JSON.createObjectNode()
                .put("Node", node)
                .put("CheckID", check)
                .put("Name", "check of " + id)
                .put("ServiceID", id)
                .put("Status", checks.get(check));
    }

    @Override
    public String toString() {
        return id + " on " + node;
    }
}
