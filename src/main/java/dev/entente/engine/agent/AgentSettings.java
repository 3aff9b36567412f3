package dev.entente.engine.agent;

import java.util.Map;

/**
 * What this replica is as an agent; given by its configuration.
 *
 * @param nodeName its name, unique among the replicas
 * @param address what others reach it by
 * @param serverPort the port shown for the service {@code consul}
 * @param grpcPort and {@code grpcTlsPort}: -1 when off
 * @param version as Consul clients read it
 * @param owner tells this process from another that claims the same name; kept between runs only where something else makes sure
 *     that the earlier process is gone
 * @param sidecarMinPort and {@code sidecarMaxPort}: the ports that sidecars are given, both inclusive
 * @param nodeMeta what an operator says of the node
 */
public record AgentSettings(
        String nodeName,
        String nodeId,
        String address,
        String datacenter,
        int serverPort,
        int grpcPort,
        int grpcTlsPort,
        String version,
        String owner,
        int sidecarMinPort,
        int sidecarMaxPort,
        Map<String, String> nodeMeta) {
    private static final int SERVER_PORT = 8300;
    public static final int SIDECAR_MIN_PORT = 21_000;
    public static final int SIDECAR_MAX_PORT = 21_255;

    public AgentSettings {
        nodeMeta = Map.copyOf(nodeMeta);
    }

    /** With Consul's range of sidecar ports and its server port. */
    public static AgentSettings usual(
            String nodeName,
            String nodeId,
            String address,
            String datacenter,
            int grpcPort,
            int grpcTlsPort,
            String version,
            String owner) {
        return new AgentSettings(
                nodeName,
                nodeId,
                address,
                datacenter,
                SERVER_PORT,
                grpcPort,
                grpcTlsPort,
                version,
                owner,
                SIDECAR_MIN_PORT,
                SIDECAR_MAX_PORT,
                Map.of());
    }
}
