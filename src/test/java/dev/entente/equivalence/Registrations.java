package dev.entente.equivalence;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes up what a client may ask of one agent and of the catalog: services and checks of all kinds, right and wrong ones, over a few
 * nodes and ids, so that each request meets what earlier ones left. A body has one mistake at the most, for of several either product
 * tells the one that it meets first.
 */
final class Registrations {
    /** What to read after each request. */
    static final List<String> READS = List.of(
            "/v1/agent/checks",
            "/v1/catalog/nodes",
            "/v1/catalog/services",
            "/v1/catalog/service/web",
            "/v1/catalog/connect/web",
            "/v1/catalog/node/node-a",
            "/v1/catalog/node-services/node-a",
            "/v1/catalog/node-services/n2",
            "/v1/catalog/node-services/N3",
            "/v1/health/service/web",
            "/v1/health/service/web?passing",
            "/v1/health/service/api?tag=b",
            "/v1/health/connect/web",
            "/v1/health/checks/web",
            "/v1/health/node/node-a",
            "/v1/health/node/n2",
            "/v1/health/state/any",
            "/v1/health/state/critical?filter=ServiceName%20%21%3D%20%22%22");

    /** Ids of services with the name that each always has: renamed services are told apart by their checks otherwise. */
    private static final Map<String, String> NAMES =
            Map.of("web-1", "web", "Web-2", "web", "api-1", "api", "side", "side", "gw", "gw");

    private static final List<String> IDS = NAMES.keySet().stream().sorted().toList();
    /** Checks by themselves; one that moves between a node and a service shows late in Consul's catalog. */
    private static final List<String> LONE_CHECKS = List.of(
            "\"Name\":\"n1\"",
            "\"Name\":\"N2\"",
            "\"Name\":\"c3\",\"ServiceID\":\"web-1\"",
            "\"ID\":\"c4\",\"Name\":\"four\",\"service_id\":\"api-1\"",
            "\"ID\":\"no name\"");

    private static final List<String> CHECKS =
            List.of("c1", "C2", "c1web-1", "C2api-1", "n1", "N2", "c3", "c4", "service:web-1");
    private static final List<String> NODES = List.of("n2", "N3");

    private static final List<List<String>> MEMBERS = List.of(
            List.of("\"Tags\":[\"b\",\"a\"]", "\"tags\":[\"B\"]", "\"Tags\":null"),
            List.of("\"Port\":80", "\"PORT\":81", "\"Port\":0"),
            List.of("\"Address\":\"10.1.0.1\"", "\"Address\":\"fd00::1\"", "\"Address\":\"host.example\""),
            List.of("\"Meta\":{\"env\":\"x\",\"k-1\":\"\"}", "\"Meta\":{\"env\":\"y\"}"),
            List.of("\"Weights\":{\"Passing\":5,\"Warning\":2}", "\"Weights\":{\"Passing\":3}"),
            List.of("\"EnableTagOverride\":true", "\"enable_tag_override\":true"),
            List.of(
                    "\"TaggedAddresses\":{\"lan\":{\"Address\":\"10.2.0.1\",\"Port\":1}}",
                    "\"tagged_addresses\":{\"wan_ipv4\":{\"Address\":\"10.2.0.2\"}}"));

    private static final List<String> OF_PROXIES = List.of(
            "\"Kind\":\"connect-proxy\",\"Port\":9000,\"Proxy\":{\"DestinationServiceName\":\"web\"}",
            "\"Kind\":\"connect-proxy\",\"Port\":9001,\"Proxy\":{\"destination_service_name\":\"web\",\"TransparentProxy\":{},"
                    + "\"Upstreams\":[{\"DestinationName\":\"api\",\"LocalBindPort\":1000,\"Config\":{\"a\":[1,{\"b\":1.5}]}}]}",
            "\"Kind\":\"mesh-gateway\",\"Port\":8443",
            "\"Kind\":\"other\",\"Port\":1,\"Proxy\":{\"DestinationServiceName\":\"web\"}",
            "\"Port\":82,\"Connect\":{\"Native\":true}");

    private static final List<String> WRONG = List.of(
            "\"Tags\":\"a\"",
            "\"Tags\":[1]",
            "\"Port\":\"80\"",
            "\"Port\":80.5",
            "\"Meta\":{\"a b\":\"x\"}",
            "\"Meta\":{\"consul-x\":\"x\"}",
            "\"Address\":\"0.0.0.0\"",
            "\"Unknown\":1",
            "\"enable_Tag_override\":\"yes\"",
            "\"Kind\":\"connect-proxy\"",
            "\"Kind\":\"connect-proxy\",\"Port\":1,\"Proxy\":{\"DestinationServiceName\":\"*\"}",
            "\"Kind\":\"ingress-gateway\"",
            "\"Connect\":[]",
            "\"Proxy\":{\"Upstreams\":{}}",
            "\"TaggedAddresses\":{\"lan\":[]}",
            "\"Weights\":{\"Passing\":\"1\"}",
            "\"Tags\":[\"a\"] \\");

    /** {@code @} stands for the id of the service. */
    private static final List<String> OF_AGENT = List.of(
            "\"Check\":{\"TTL\":\"2h\",\"Status\":\"passing\"}",
            "\"Check\":{\"TTL\":7200000000000,\"CheckID\":\"c1@\",\"Notes\":\"n\"}",
            "\"Checks\":[{\"TTL\":\"2h\"},{\"ttl\":\"3h\",\"CheckID\":\"C2@\",\"Status\":\"warning\"}]",
            "\"Checks\":[{\"TTL\":\"2h\",\"CheckID\":\"c1@\"},{\"TTL\":\"4h\",\"CheckID\":\"c1@\",\"Status\":\"passing\"}]",
            "\"Check\":{\"TTL\":\"5x\"}",
            "\"Check\":{\"TTL\":\"\"}",
            "\"Check\":{\"TTL\":\"10\"}",
            "\"Check\":{\"TTL\":\"é\"}",
            "\"Check\":{\"Name\":\"nothing\",\"Status\":\"passing\"}",
            "\"Check\":{\"TTL\":\"1h\",\"Status\":\"odd\"}",
            "\"Check\":{\"TTL\":\"1h\",\"DockerContainerID\":1}",
            "\"Connect\":{\"SidecarService\":{\"Checks\":[{\"TTL\":\"2h\",\"Status\":\"passing\"}]}}",
            "\"Connect\":{\"sidecar_service\":{\"ID\":\"own\"}}",
            "\"Connect\":{\"SidecarService\":{\"Connect\":{\"SidecarService\":{}}}}");

    private static final List<String> OF_CATALOG = List.of(
            "\"Check\":{\"CheckID\":\"c1\",\"Name\":\"one\",\"Status\":\"passing\"}",
            "\"Check\":{\"Name\":\"c1\",\"Status\":\"critical\",\"ServiceID\":\"web-1\"}",
            "\"Checks\":[{\"CheckID\":\"c1\",\"Status\":\"passing\"},{\"CheckID\":\"c1\",\"Status\":\"warning\"}]",
            "\"Check\":{\"CheckID\":\"c1\",\"Status\":\"odd\"},\"Checks\":[{\"CheckID\":\"C2\",\"Status\":\"passing\"}]",
            "\"Check\":{\"CheckID\":\"C2\",\"Status\":\"passing\",\"Definition\":{\"AliasService\":\"web\",\"Interval\":\"10s\"}}",
            "\"Check\":{\"CheckID\":\"c1\",\"Status\":\"passing\",\"Definition\":{\"TTL\":\"1\"}}",
            "\"NodeMeta\":{\"zone\":\"1\"}",
            "\"NodeMeta\":[]",
            "\"TaggedAddresses\":{\"lan\":\"10.3.0.1\"}",
            "\"SkipNodeUpdate\":true",
            "\"Datacenter\":\"DC1\"",
            "\"Namespace\":\"x\"",
            "\"ID\":\"no id\"");

    private final SplittableRandom random;

    Registrations(long seed) {
        random = new SplittableRandom(seed);
    }

    /** One HTTP request. */
    record Request(String method, String path, @Nullable String body) {
        @Override
        public String toString() {
            return method + " " + path + (body == null ? "" : " " + body);
        }
    }

    Request next() {
        return switch (random.nextInt(12)) {
            case 0, 1, 2 ->
                put("agent/service/register" + any(List.of("", "?replace-existing-checks=true")), ofAgent());
            case 3, 4, 5 -> put("catalog/register", ofCatalog());
            case 6 -> put("catalog/deregister", deregistration());
            case 7 -> put("agent/service/deregister/" + any(IDS), null);
            case 8 -> put("agent/check/register", check());
            case 9 -> put("agent/check/deregister/" + any(CHECKS), null);
            case 10 -> put("agent/check/" + any(List.of("pass", "warn", "fail")) + "/" + any(CHECKS), null);
            default -> put(maintenance(), null);
        };
    }

    private String maintenance() {
        String what = random.nextBoolean() ? "agent/maintenance" : "agent/service/maintenance/" + any(IDS);
        return what + any(List.of("?enable=true", "?enable=false", "?enable=false", "?enable=x", ""));
    }

    private String ofAgent() {
        String id = any(IDS);
        return object(service("Name", id, any(OF_AGENT).replace("@", id)));
    }

    private String ofCatalog() {
        List<String> members = new ArrayList<>();
        members.add("\"Node\":\"" + any(NODES) + "\"");
        members.add(
                random.nextInt(8) == 0 ? "\"Address\":\"\"" : "\"Address\":\"10.0.0." + random.nextInt(1, 3) + "\"");
        if (random.nextBoolean()) {
            members.add(any(OF_CATALOG));
        } else {
            members.add("\"Service\":" + object(service("Service", any(IDS), "")));
        }
        return object(members);
    }

    /** @param more taken when nothing of the rest may be wrong; empty for nothing */
    private List<String> service(String name, String id, String more) {
        List<String> members =
                new ArrayList<>(List.of("\"ID\":\"" + id + "\"", "\"" + name + "\":\"" + NAMES.get(id) + "\""));
        switch (random.nextInt(4)) {
            case 0 -> members.add(any(WRONG));
            case 1 -> members.add(any(OF_PROXIES));
            default -> {
                MEMBERS.stream().filter(each -> random.nextInt(3) == 0).forEach(each -> members.add(any(each)));
                if (!more.isEmpty() && random.nextBoolean()) {
                    members.add(more);
                }
            }
        }
        return members;
    }

    private String deregistration() {
        List<String> members = new ArrayList<>(List.of("\"Node\":\"" + any(NODES) + "\""));
        members.add(any(List.of(
                "\"ServiceID\":\"" + any(IDS) + "\"",
                "\"CheckID\":\"" + any(CHECKS) + "\"",
                "\"Address\":1",
                "\"Datacenter\":\"dc9\"",
                "\"Datacenter\":\"\"")));
        return object(members);
    }

    private String check() {
        return object(List.of(
                any(LONE_CHECKS),
                any(List.of(
                        "\"TTL\":\"2h\"",
                        "\"TTL\":\"2d\"",
                        "\"ttl\":\"2h\",\"Output\":\"o\"",
                        "\"Notes\":\"no kind\"")),
                any(List.of("\"Status\":\"passing\"", "\"Status\":\"\"", "\"Notes\":\"n\""))));
    }

    private static Request put(String path, @Nullable String body) {
        return new Request("PUT", "/v1/" + path, body);
    }

    private static String object(List<String> members) {
        return members.stream().collect(Collectors.joining(",", "{", "}"));
    }

    private String any(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
