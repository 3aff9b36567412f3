package dev.entente.engine.agent;

import dev.entente.domain.catalog.AddressFamilies;
import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.CheckDefinition;
import dev.entente.domain.catalog.Connect;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Proxy;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.catalog.Weights;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How a replica's node stands in the catalog: as that of a Consul server does (seen in the captures). */
public final class OwnNode {
    /** The node metadata by which the node of a replica is known. */
    public static final String REPLICA_META = "consul-network-segment";

    public static final String CONSUL_SERVICE = "consul";
    public static final String ALIVE = "Agent alive and reachable";
    public static final String NOT_ALIVE = "Agent not live or unreachable";

    private OwnNode() {}

    static Node node(AgentSettings settings) {
        Map<String, String> meta = new TreeMap<>(settings.nodeMeta());
        meta.putIfAbsent(REPLICA_META, "");
        return new Node(
                settings.nodeId(),
                settings.nodeName(),
                settings.address(),
                settings.datacenter(),
                AddressFamilies.ofNode(settings.address()),
                meta);
    }

    static Check serfHealth(String node, String status, String output) {
        return new Check(
                node,
                Check.SERF_HEALTH,
                "Serf Health Status",
                status,
                "",
                output,
                "",
                "",
                List.of(),
                "",
                "",
                "",
                0,
                CheckDefinition.NONE);
    }

    static Service consul(AgentSettings settings) {
        Map<String, String> meta = new TreeMap<>(Map.of(
                "non_voter", "false",
                "raft_version", "3",
                "read_replica", "false",
                "serf_protocol_current", "2",
                "serf_protocol_max", "5",
                "serf_protocol_min", "1",
                "version", settings.version()));
        putPort(meta, "grpc_port", settings.grpcPort());
        putPort(meta, "grpc_tls_port", settings.grpcTlsPort());
        return new Service(
                "",
                CONSUL_SERVICE,
                CONSUL_SERVICE,
                List.of(),
                "",
                Map.of(),
                meta,
                settings.serverPort(),
                "",
                Weights.DEFAULT,
                false,
                Proxy.NONE,
                Connect.NONE);
    }

    private static void putPort(Map<String, String> meta, String key, int port) {
        if (port > 0) {
            meta.put(key, Integer.toString(port));
        }
    }
}
