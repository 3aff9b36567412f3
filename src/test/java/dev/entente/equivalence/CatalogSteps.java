package dev.entente.equivalence;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.entente.equivalence.Action.Call;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Operations on the catalog and the agent of one side; each says what it is, or nothing when it does not apply now. */
final class CatalogSteps {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] STATUSES = {"passing", "passing", "critical", "warning"};
    private static final List<String> EXTERNAL = List.of("ext-1", "ext-2", "ext-3");

    /** A planned operation, not yet with its expectation. */
    record Plan(String text, List<Call> calls) {}

    private final SplittableRandom random;
    private final Cluster cluster;

    CatalogSteps(SplittableRandom random, Cluster cluster) {
        this.random = random;
        this.cluster = cluster;
    }

    Optional<Plan> registerWithAgent() {
        Instance instance = new Instance(someService(), cluster.side.node(), cluster.next("agent"), true);
        instance.describe(random);
        someChecks(instance);
        cluster.instances.add(instance);
        if (cluster.isUndecided()) {
            cluster.instances.remove(instance);
            return Optional.empty();
        }
        List<Call> calls = new ArrayList<>();
        calls.add(put("/v1/agent/service/register", instance.agentBody()));
        // A TTL check that was never updated is critical after a restart; so each is updated once. Its output stays as
        // it is, for
        // Consul lets minutes pass before one that changed alone reaches the catalog.
        instance.checks.forEach((check, status) -> calls.add(update(check, status, "")));
        return plan("register " + instance.service + " as " + instance + " with the agent", calls);
    }

    Optional<Plan> registerInCatalog() {
        String node = EXTERNAL.get(random.nextInt(EXTERNAL.size()));
        Instance instance = new Instance(someService(), node, cluster.next("ext"), false);
        instance.describe(random);
        someChecks(instance);
        cluster.instances.add(instance);
        if (cluster.isUndecided()) {
            cluster.instances.remove(instance);
            return Optional.empty();
        }
        cluster.nodes.computeIfAbsent(node, n -> new LinkedHashMap<>());
        ObjectNode body = node(node);
        if (random.nextBoolean()) {
            body.putObject("NodeMeta").put("external-node", "true").put("rack", "r" + random.nextInt(3));
        }
        body.set("Service", instance.catalogService());
        ArrayNode checks = body.putArray("Checks");
        instance.checks.keySet().forEach(check -> checks.add(instance.catalogCheck(check)));
        return plan(
                "register " + instance.service + " as " + instance + " in the catalog",
                List.of(put("/v1/catalog/register", body.toString())));
    }

    Optional<Plan> describeAnew() {
        return someInstance().flatMap(instance -> {
            instance.describe(random);
            return plan("change tags, meta and addresses of " + instance, List.of(registration(instance)));
        });
    }

    private Call registration(Instance instance) {
        if (instance.agents) {
            return put("/v1/agent/service/register", instance.agentBody());
        }
        ObjectNode body = node(instance.node).put("SkipNodeUpdate", true);
        body.set("Service", instance.catalogService());
        return put("/v1/catalog/register", body.toString());
    }

    Optional<Plan> deregister() {
        return someInstance().flatMap(instance -> {
            cluster.instances.remove(instance);
            String body = JSON.createObjectNode()
                    .put("Node", instance.node)
                    .put("ServiceID", instance.id)
                    .toString();
            Call call = instance.agents
                    ? put("/v1/agent/service/deregister/" + instance.id, "")
                    : put("/v1/catalog/deregister", body);
            return plan("deregister " + instance, List.of(call));
        });
    }

    Optional<Plan> deregisterNode() {
        List<String> known = List.copyOf(cluster.nodes.keySet());
        if (known.isEmpty()) {
            return Optional.empty();
        }
        String node = known.get(random.nextInt(known.size()));
        cluster.nodes.remove(node);
        cluster.instances.removeIf(instance -> instance.node.equals(node));
        cluster.gateways.remove(node);
        if (node.equals(ConfigSteps.PROXY_NODE)) {
            cluster.proxies.clear();
        }
        return plan(
                "deregister the node " + node, List.of(put("/v1/catalog/deregister", "{\"Node\":\"" + node + "\"}")));
    }

    Optional<Plan> flip() {
        return someInstance().filter(instance -> !instance.checks.isEmpty()).flatMap(instance -> {
            List<String> checks = List.copyOf(instance.checks.keySet());
            String check = checks.get(random.nextInt(checks.size()));
            String status = STATUSES[random.nextInt(STATUSES.length)];
            String before = instance.checks.put(check, status);
            if (cluster.isUndecided() || status.equals(before)) {
                instance.checks.put(check, before);
                return Optional.empty();
            }
            Call call = update(check, status, "now " + status);
            if (!instance.agents) {
                ObjectNode body = node(instance.node).put("SkipNodeUpdate", true);
                body.set("Check", instance.catalogCheck(check));
                call = put("/v1/catalog/register", body.toString());
            }
            return plan("flip " + check + " of " + instance + " from " + before + " to " + status, List.of(call));
        });
    }

    Optional<Plan> flipNode() {
        List<String> known = List.copyOf(cluster.nodes.keySet());
        if (known.isEmpty()) {
            return Optional.empty();
        }
        String node = known.get(random.nextInt(known.size()));
        Map<String, String> checks = cluster.nodes.getOrDefault(node, Map.of());
        String before = checks.get("node-up");
        String status = STATUSES[random.nextInt(STATUSES.length)];
        checks.put("node-up", status);
        if (cluster.isUndecided() || status.equals(before)) {
            checks.remove("node-up");
            if (before != null) {
                checks.put("node-up", before);
            }
            return Optional.empty();
        }
        ObjectNode body = node(node).put("SkipNodeUpdate", true);
        body.putObject("Check")
                .put("Node", node)
                .put("CheckID", "node-up")
                .put("Name", "node up")
                .put("Status", status);
        return plan(
                "set the check of the node " + node + " to " + status,
                List.of(put("/v1/catalog/register", body.toString())));
    }

    Optional<Plan> nodeMaintenance() {
        cluster.inMaintenance = !cluster.inMaintenance;
        if (cluster.isUndecided()) {
            cluster.inMaintenance = !cluster.inMaintenance;
            return Optional.empty();
        }
        return plan(
                "maintenance of the agent's node " + (cluster.inMaintenance ? "on" : "off"),
                List.of(put("/v1/agent/maintenance?enable=" + cluster.inMaintenance + "&reason=swap", "")));
    }

    Optional<Plan> serviceMaintenance() {
        return someInstance().filter(instance -> instance.agents).flatMap(instance -> {
            instance.inMaintenance = !instance.inMaintenance;
            if (cluster.isUndecided()) {
                instance.inMaintenance = !instance.inMaintenance;
                return Optional.empty();
            }
            String path = "/v1/agent/service/maintenance/" + instance.id + "?enable=" + instance.inMaintenance;
            return plan(
                    "maintenance of " + instance + (instance.inMaintenance ? " on" : " off"), List.of(put(path, "")));
        });
    }

    private Optional<Instance> someInstance() {
        return cluster.instances.isEmpty()
                ? Optional.empty()
                : Optional.of(cluster.instances.get(random.nextInt(cluster.instances.size())));
    }

    private String someService() {
        String name = cluster.someName(random);
        return name.equals(Reads.GHOST) ? cluster.names.get(0) : name;
    }

    private void someChecks(Instance instance) {
        for (int n = random.nextInt(3); n > 0; n--) {
            instance.checks.put("check-" + n + ":" + instance.id, STATUSES[random.nextInt(STATUSES.length)]);
        }
    }

    /** A node always has the same address; only the first has an id. */
    static ObjectNode node(String node) {
        ObjectNode body =
                JSON.createObjectNode().put("Node", node).put("Address", "10.0.0." + node.length() + node.charAt(4));
        if (node.equals("ext-1")) {
            body.put("ID", "40e4a748-2192-161a-0510-9bf59fe950b5");
        }
        return body;
    }

    private Call update(String check, String status, String output) {
        return put("/v1/agent/check/update/" + check, "{\"Status\":\"" + status + "\",\"Output\":\"" + output + "\"}");
    }

    private Call put(String path, String body) {
        return new Call(cluster.side, "PUT", path, body);
    }

    private Optional<Plan> plan(String text, List<Call> calls) {
        return Optional.of(new Plan(cluster.side + ": " + text, calls));
    }
}
