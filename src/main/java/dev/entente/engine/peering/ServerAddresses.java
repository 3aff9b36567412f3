package dev.entente.engine.peering;

import dev.entente.domain.catalog.Instance;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.Refusal;
import dev.entente.engine.view.View;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where peers dial this cluster: the replicas, which register themselves as the service {@code consul} (protocol chapter 1.2.2), or the
 * gateways in front of them (chapter 1.2.3).
 *
 * <p>An IPv6 host is put in brackets; the snapshot does not, and then refuses its own token.
 */
public final class ServerAddresses {
    /** The name under which every server of a cluster is in its catalog. */
    public static final String SERVICE = "consul";

    private final View view;
    private final MeshGateways gateways;

    public ServerAddresses(View view) {
        this.view = view;
        gateways = new MeshGateways(view);
    }

    /** All addresses, in the catalog's order: of the servers, or of the gateways in front of them. */
    public Outcome<List<String>> own() {
        return gateways.areTheWay() ? ofGateways() : ofServers();
    }

    private Outcome<List<String>> ofGateways() {
        List<String> addresses = gateways.addresses();
        return addresses.isEmpty()
                ? Outcome.refused(
                        Refusal.invalid(
                                "servers are configured to PeerThroughMeshGateways, but no mesh gateway instances are registered"))
                : Outcome.accepted(addresses);
    }

    private Outcome<List<String>> ofServers() {
        List<String> addresses = view.defaultPartition().service(null, SERVICE).value().instances().stream()
                .flatMap(instance -> address(instance).stream())
                .toList();
        return addresses.isEmpty()
                ? Outcome.refused(
                        Refusal.invalid("a grpc bind port must be specified in the configuration for all servers"))
                : Outcome.accepted(addresses);
    }

    private static Optional<String> address(Instance instance) {
        Map<String, String> meta = instance.service().value().meta();
        return port(meta, "grpc_tls_port")
                .or(() -> port(meta, "grpc_port"))
                .map(port -> host(instance.node().value()) + ":" + port);
    }

    private static String host(Node node) {
        String host = node.taggedAddresses().getOrDefault("wan", node.address());
        return host.contains(":") ? "[" + host + "]" : host;
    }

    private static Optional<String> port(Map<String, String> meta, String key) {
        return Optional.ofNullable(meta.get(key)).filter(ServerAddresses::isPort);
    }

    /** Disabled listeners are shown as -1. */
    private static boolean isPort(String text) {
        return text.matches("[0-9]{1,5}") && Integer.parseInt(text) > 0;
    }
}
