package dev.entente.equivalence;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.entente.equivalence.Action.Call;
import dev.entente.equivalence.CatalogSteps.Plan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Operations on what one side exports, on its other config entries, and on what only matters to proxies. */
final class ConfigSteps {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Where all proxies are. */
    static final String PROXY_NODE = "ext-3";

    private final SplittableRandom random;
    private final Cluster cluster;

    ConfigSteps(SplittableRandom random, Cluster cluster) {
        this.random = random;
        this.cluster = cluster;
    }

    Optional<Plan> export() {
        String service = someService();
        return cluster.exported.add(service) ? written("export " + service) : Optional.empty();
    }

    Optional<Plan> unexport() {
        String service = someService();
        return cluster.exported.remove(service) ? written("export " + service + " no more") : Optional.empty();
    }

    /** Not together with resolvers: Consul's importer forgets with each list the proxies of names that only a chain knows. */
    Optional<Plan> wildcard() {
        if (!cluster.mayExportAll || !cluster.resolvers.isEmpty()) {
            return Optional.empty();
        }
        cluster.everythingExported = !cluster.everythingExported;
        return written(cluster.everythingExported ? "export everything" : "export only by name");
    }

    Optional<Plan> exportNothing() {
        if (cluster.exported.isEmpty() && !cluster.everythingExported) {
            return Optional.empty();
        }
        cluster.exported.clear();
        cluster.everythingExported = false;
        return plan("delete the entry of exports", List.of(delete("/v1/config/exported-services/default")));
    }

    private Optional<Plan> written(String text) {
        ObjectNode entry = entry("exported-services", "default");
        ArrayNode services = entry.putArray("Services");
        if (cluster.everythingExported) {
            service(services, "*", cluster.side.peer());
        }
        cluster.exported.forEach(name -> service(services, name, cluster.side.peer()));
        // An export to somebody else must never be seen by this peer.
        service(services, "secret", "nobody");
        return plan(text, List.of(put("/v1/config", entry.toString())));
    }

    private static void service(ArrayNode services, String name, String peer) {
        services.addObject().put("Name", name).putArray("Consumers").addObject().put("Peer", peer);
    }

    Optional<Plan> peerIntention() {
        String service = someService();
        if (cluster.intentions.remove(service)) {
            return plan(
                    "delete the intentions of " + service, List.of(delete("/v1/config/service-intentions/" + service)));
        }
        cluster.intentions.add(service);
        ObjectNode entry = entry("service-intentions", service);
        ArrayNode sources = entry.putArray("Sources");
        sources.addObject()
                .put("Name", "shop")
                .put("Peer", cluster.side.peer())
                .put("Action", random.nextBoolean() ? "allow" : "deny")
                .put("Description", "of the other side");
        sources.addObject().put("Name", "*").put("Peer", cluster.side.peer()).put("Action", "deny");
        if (random.nextBoolean()) {
            sources.addObject().put("Name", "*").put("Action", "allow");
        }
        return plan("intentions of " + service + " that name the peer", List.of(put("/v1/config", entry.toString())));
    }

    Optional<Plan> serviceDefaults() {
        String service = someService();
        if (cluster.defaults.remove(service)) {
            return plan("delete the defaults of " + service, List.of(delete("/v1/config/service-defaults/" + service)));
        }
        cluster.defaults.add(service);
        String protocol = List.of("http", "http2", "grpc", "tcp").get(random.nextInt(4));
        ObjectNode entry = entry("service-defaults", service).put("Protocol", protocol);
        return plan("defaults of " + service + ": " + protocol, List.of(put("/v1/config", entry.toString())));
    }

    Optional<Plan> serviceResolver() {
        if (cluster.everythingExported) {
            return Optional.empty();
        }
        String service = random.nextInt(5) == 0 ? "virtual" : someService();
        if (cluster.resolvers.remove(service)) {
            return plan("delete the resolver of " + service, List.of(delete("/v1/config/service-resolver/" + service)));
        }
        cluster.resolvers.add(service);
        ObjectNode entry = entry("service-resolver", service);
        switch (random.nextInt(3)) {
            case 0 -> entry.put("ConnectTimeout", "15s");
            case 1 -> {
                entry.put("DefaultSubset", "first");
                entry.putObject("Subsets").putObject("first").put("Filter", "Service.Meta.version == v1");
            }
            default -> entry.putObject("Redirect").put("Service", someService());
        }
        return plan("resolver of " + service + ": " + entry, List.of(put("/v1/config", entry.toString())));
    }

    /** With a gateway an exporter also sends the proxies that stand for its services. */
    Optional<Plan> meshGateway() {
        String node = "ext-" + random.nextInt(1, 3);
        ObjectNode body = CatalogSteps.node(node).put("SkipNodeUpdate", true);
        if (cluster.gateways.remove(node)) {
            body = JSON.createObjectNode().put("Node", node).put("ServiceID", "gateway");
            return plan("deregister the gateway of " + node, List.of(put("/v1/catalog/deregister", body.toString())));
        }
        cluster.gateways.add(node);
        cluster.nodes.computeIfAbsent(node, n -> new LinkedHashMap<>());
        String name = node.equals("ext-1") ? "mesh-gateway" : "edge";
        ObjectNode service =
                body.putObject("Service").put("Kind", "mesh-gateway").put("Service", name);
        service.put("ID", "gateway").put("Port", 8443).put("Address", "10.3.0.1");
        service.putObject("TaggedAddresses")
                .putObject("wan")
                .put("Address", "198.51.100.7")
                .put("Port", 443);
        return plan("register a mesh gateway on " + node, List.of(put("/v1/catalog/register", body.toString())));
    }

    /** Proxies and their names are not exported, whatever the entry says. */
    Optional<Plan> proxy() {
        String service = someService();
        String node = PROXY_NODE;
        if (cluster.proxies.remove(service)) {
            ObjectNode body = JSON.createObjectNode().put("Node", node).put("ServiceID", "proxy-of-" + service);
            return plan("deregister the proxy of " + service, List.of(put("/v1/catalog/deregister", body.toString())));
        }
        cluster.proxies.add(service);
        cluster.nodes.computeIfAbsent(node, n -> new LinkedHashMap<>());
        ObjectNode body = CatalogSteps.node(node).put("SkipNodeUpdate", true);
        body.putObject("Service")
                .put("Kind", "connect-proxy")
                .put("Service", service + "-sidecar-proxy")
                .put("ID", "proxy-of-" + service)
                .put("Port", 21_000)
                .putObject("Proxy")
                .put("DestinationServiceName", service);
        return plan("register a proxy of " + service, List.of(put("/v1/catalog/register", body.toString())));
    }

    private String someService() {
        return cluster.someName(random);
    }

    private static ObjectNode entry(String kind, String name) {
        return JSON.createObjectNode().put("Kind", kind).put("Name", name);
    }

    private Call put(String path, String body) {
        return new Call(cluster.side, "PUT", path, body);
    }

    private Call delete(String path) {
        return new Call(cluster.side, "DELETE", path, null);
    }

    private Optional<Plan> plan(String text, List<Call> calls) {
        return Optional.of(new Plan(cluster.side + ": " + text, calls));
    }
}
