package dev.entente.rest.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every path of the HTTP API with its methods: the one place from which wrong verbs, {@code OPTIONS}, unknown paths and
 * {@code Vary} are answered (protocol chapter 6.1.1). A path belongs to its exact row, or else to the longest prefix.
 */
public final class RouteTable {
    private static final String GET = "GET";
    private static final String PUT = "PUT";
    private static final String POST = "POST";
    private static final String DELETE = "DELETE";

    private final Map<String, Route> rows = new HashMap<>();

    /** The rows of this server. */
    public static RouteTable standard() {
        RouteTable table = new RouteTable();
        table.addAgent();
        table.addCatalogAndHealth();
        table.addConfiguration();
        table.addPeering();
        table.addPages();
        return table;
    }

    private void addAgent() {
        add("/v1/agent/self", GET);
        add("/v1/agent/members", GET);
        add("/v1/agent/services", GET);
        add("/v1/agent/service/", GET);
        add("/v1/agent/checks", GET);
        add("/v1/agent/service/register", PUT);
        add("/v1/agent/service/deregister/", PUT);
        add("/v1/agent/service/maintenance/", PUT);
        addPlain("/v1/agent/maintenance", PUT);
        add("/v1/agent/check/register", PUT);
        add("/v1/agent/check/deregister/", PUT);
        add("/v1/agent/check/pass/", PUT);
        add("/v1/agent/check/warn/", PUT);
        add("/v1/agent/check/fail/", PUT);
        add("/v1/agent/check/update/", PUT);
        add("/v1/agent/health/service/id/", GET);
        add("/v1/agent/health/service/name/", GET);
        add("/v1/agent/connect/authorize", POST);
        addPlain("/v1/agent/connect/ca/roots", GET);
        add("/v1/agent/connect/ca/leaf/", GET);
        addAgentOperations();
    }

    private void addAgentOperations() {
        addPlain("/v1/agent/host", GET);
        addPlain("/v1/agent/metrics", GET);
        addPlain("/v1/agent/monitor", GET);
        addPlain("/v1/agent/reload", PUT);
        addPlain("/v1/agent/join/", PUT);
        addPlain("/v1/agent/leave", PUT);
        addPlain("/v1/agent/force-leave/", PUT);
        addPlain("/v1/agent/token/", PUT);
        addPlain("/v1/acl/", GET, PUT, POST, DELETE);
        addPlain("/v1/internal/acl/authorize", POST);
        addPlain("/v1/coordinate/nodes", GET);
        addPlain("/v1/coordinate/node/", GET);
        addPlain("/v1/coordinate/datacenters", GET);
    }

    private void addCatalogAndHealth() {
        add("/v1/catalog/register", PUT);
        add("/v1/catalog/deregister", PUT);
        addPlain("/v1/catalog/datacenters", GET);
        addPlain("/v1/catalog/nodes", GET);
        add("/v1/catalog/services", GET);
        add("/v1/catalog/service/", GET);
        add("/v1/catalog/connect/", GET);
        add("/v1/catalog/node/", GET);
        add("/v1/catalog/node-services/", GET);
        add("/v1/catalog/gateway-services/", GET);
        add("/v1/health/node/", GET);
        add("/v1/health/checks/", GET);
        add("/v1/health/state/", GET);
        add("/v1/health/service/", GET);
        add("/v1/health/connect/", GET);
        add("/v1/health/ingress/", GET);
        addPlain("/v1/status/leader", GET);
        addPlain("/v1/status/peers", GET);
    }

    private void addConfiguration() {
        add("/v1/config", PUT);
        add("/v1/config/", GET, DELETE);
        add("/v1/discovery-chain/", GET, POST);
        add("/v1/exported-services", GET);
        add("/v1/imported-services", GET);
        add("/v1/connect/intentions", GET, POST);
        add("/v1/connect/intentions/", GET, PUT, DELETE);
        add("/v1/connect/intentions/match", GET);
        add("/v1/connect/intentions/check", GET);
        add("/v1/connect/intentions/exact", GET, PUT, DELETE);
        addPlain("/v1/connect/ca/roots", GET);
        addPlain("/v1/connect/ca/configuration", GET, PUT);
        addPlain("/v1/partition", PUT);
        addPlain("/v1/partition/", GET, PUT, DELETE);
        addPlain("/v1/partitions", GET);
    }

    private void addPeering() {
        addPlain("/v1/peering/token", POST);
        addPlain("/v1/peering/establish", POST);
        addPlain("/v1/peering/", GET, DELETE);
        addPlain("/v1/peerings", GET);
    }

    private void addPages() {
        add("/v1/internal/ui/nodes", GET);
        add("/v1/internal/ui/node/", GET);
        add("/v1/internal/ui/services", GET);
        addPlain("/v1/internal/ui/exported-services", GET);
        addPlain("/v1/internal/ui/catalog-overview", GET);
        add("/v1/internal/ui/service-topology/", GET);
        add("/v1/internal/ui/gateway-services-nodes/", GET);
        add("/v1/internal/ui/gateway-intentions/", GET);
        addPlain("/v1/internal/ui/metrics-proxy/", GET);
    }

    private void add(String pattern, String... methods) {
        rows.put(pattern, new Route(pattern, Arrays.asList(methods), true));
    }

    private void addPlain(String pattern, String... methods) {
        rows.put(pattern, new Route(pattern, Arrays.asList(methods), false));
    }

    public List<Route> all() {
        return new ArrayList<>(rows.values());
    }

    /** The row that a decoded path belongs to. */
    public Optional<Route> find(String path) {
        Route exact = rows.get(path);
        if (exact != null) {
            return Optional.of(exact);
        }
        for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
            Route prefix = rows.get(path.substring(0, slash + 1));
            if (prefix != null) {
                return Optional.of(prefix);
            }
        }
        return Optional.empty();
    }

    /** Whether the path lacks only a slash at its end. */
    boolean lacksSlash(String path) {
        return !rows.containsKey(path) && rows.containsKey(path + "/");
    }
}
