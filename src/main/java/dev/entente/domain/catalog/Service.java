package dev.entente.domain.catalog;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One instance of a service on a node.
 *
 * @param kind empty for a typical service, else {@code connect-proxy}, {@code mesh-gateway}, …
 * @param id unique on its node
 * @param name the name of the service
 * @param isCopy whether it was not registered in this form: its config entry has written a copy since, by which Consul turns tags and
 *     meta that are not there into empty ones
 */
public record Service(
        String kind,
        String id,
        String name,
        List<String> tags,
        String address,
        Map<String, ServiceAddress> taggedAddresses,
        Map<String, String> meta,
        int port,
        String socketPath,
        Weights weights,
        boolean enableTagOverride,
        Proxy proxy,
        Connect connect,
        boolean isCopy) {
    public static final String CONNECT_PROXY = "connect-proxy";
    public static final String MESH_GATEWAY = "mesh-gateway";
    public static final String INGRESS_GATEWAY = "ingress-gateway";
    public static final String TERMINATING_GATEWAY = "terminating-gateway";

    private static final Set<String> WITH_PROXY =
            Set.of(CONNECT_PROXY, MESH_GATEWAY, INGRESS_GATEWAY, TERMINATING_GATEWAY);
    /** What Consul appends to a service's name for the name of its proxy. */
    public static final String SIDECAR_SUFFIX = "-sidecar-proxy";

    public Service {
        tags = List.copyOf(tags);
        taggedAddresses = Sorted.copyOf(taggedAddresses);
        meta = Sorted.copyOf(meta);
    }

    /** As it is registered. */
    public Service(
            String kind,
            String id,
            String name,
            List<String> tags,
            String address,
            Map<String, ServiceAddress> taggedAddresses,
            Map<String, String> meta,
            int port,
            String socketPath,
            Weights weights,
            boolean enableTagOverride,
            Proxy proxy,
            Connect connect) {
        this(
                kind,
                id,
                name,
                tags,
                address,
                taggedAddresses,
                meta,
                port,
                socketPath,
                weights,
                enableTagOverride,
                proxy,
                connect,
                false);
    }

    /** A typical service with defaults for all else. */
    public static Service typical(String id, String name, int port) {
        return new Service(
                "",
                id,
                name,
                List.of(),
                "",
                Map.of(),
                Map.of(),
                port,
                "",
                Weights.DEFAULT,
                false,
                Proxy.NONE,
                Connect.NONE);
    }

    public boolean isTypical() {
        return kind.isEmpty();
    }

    /** Whether it is a proxy or a gateway; a kind that nobody knows is neither. */
    public boolean hasProxy() {
        return WITH_PROXY.contains(kind);
    }

    public Service withTags(List<String> newTags) {
        return new Service(
                kind,
                id,
                name,
                newTags,
                address,
                taggedAddresses,
                meta,
                port,
                socketPath,
                weights,
                enableTagOverride,
                proxy,
                connect,
                isCopy);
    }

    public Service withTaggedAddresses(Map<String, ServiceAddress> newAddresses) {
        return new Service(
                kind,
                id,
                name,
                tags,
                address,
                newAddresses,
                meta,
                port,
                socketPath,
                weights,
                enableTagOverride,
                proxy,
                connect,
                isCopy);
    }

    public Service withMesh(Proxy newProxy, Connect newConnect) {
        return new Service(
                kind,
                id,
                name,
                tags,
                address,
                taggedAddresses,
                meta,
                port,
                socketPath,
                weights,
                enableTagOverride,
                newProxy,
                newConnect,
                isCopy);
    }

    public Service withId(String newId) {
        return new Service(
                kind,
                newId,
                name,
                tags,
                address,
                taggedAddresses,
                meta,
                port,
                socketPath,
                weights,
                enableTagOverride,
                proxy,
                connect,
                isCopy);
    }

    public Service withWeights(Weights newWeights) {
        return new Service(
                kind,
                id,
                name,
                tags,
                address,
                taggedAddresses,
                meta,
                port,
                socketPath,
                newWeights,
                enableTagOverride,
                proxy,
                connect,
                isCopy);
    }

    public Service withPort(int newPort) {
        return new Service(
                kind,
                id,
                name,
                tags,
                address,
                taggedAddresses,
                meta,
                newPort,
                socketPath,
                weights,
                enableTagOverride,
                proxy,
                connect,
                isCopy);
    }

    /** As its config entry writes it. */
    public Service copied() {
        return with(true);
    }

    /** As it is when it is registered again. */
    public Service registered() {
        return with(false);
    }

    private Service with(boolean nowCopy) {
        return new Service(
                kind,
                id,
                name,
                tags,
                address,
                taggedAddresses,
                meta,
                port,
                socketPath,
                weights,
                enableTagOverride,
                proxy,
                connect,
                nowCopy);
    }
}
