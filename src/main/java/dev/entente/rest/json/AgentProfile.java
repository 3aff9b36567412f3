package dev.entente.rest.json;

import java.util.Map;

/**
 * What the HTTP API tells of this replica's agent, and the settings it follows.
 *
 * @param address under which others reach this replica
 * @param version the release of Consul whose API this is
 * @param buildDate RFC 3339
 * @param alwaysPretty whether all JSON is indented, as in development mode
 */
public record AgentProfile(
        String datacenter,
        String nodeName,
        String nodeId,
        String address,
        String version,
        String buildDate,
        Map<String, String> nodeMeta,
        Ports ports,
        boolean peeringEnabled,
        boolean connectEnabled,
        boolean uiEnabled,
        boolean alwaysPretty) {

    /** The ports; -1 for what is off. */
    public record Ports(int http, int grpc, int grpcTls) {}

    /** The port that Consul's servers have for each other; nothing listens there, but clients expect it in addresses. */
    public static final int SERVER_PORT = 8300;

    public String serverAddress() {
        return serverAddress(address);
    }

    public static String serverAddress(String address) {
        return (address.contains(":") ? "[" + address + "]" : address) + ":" + SERVER_PORT;
    }
}
