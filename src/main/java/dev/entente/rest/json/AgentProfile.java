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
    public record Ports(int http, int grpc, int grpcTls, Gossip gossip) {}

    /** The ports that Consul's servers have for each other; nothing listens there, but clients expect them in addresses. */
    public record Gossip(int server, int serfLan, int serfWan) {}

    /** Host and port as one text. */
    public static String hostAndPort(String address, int port) {
        return (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
    }
}
