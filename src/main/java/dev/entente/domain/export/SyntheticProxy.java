package dev.entente.domain.export;

import dev.entente.domain.catalog.Connect;
import dev.entente.domain.catalog.ImportedInstance;
import dev.entente.domain.catalog.Instance;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.PeerMeta;
import dev.entente.domain.catalog.Proxy;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.identity.PeerName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The proxy that stands for an exported service in the peer's mesh: our mesh gateways, dressed as its sidecars (protocol chapter
 * 5.4).
 */
public final class SyntheticProxy {
    private SyntheticProxy() {}

    /** A service, and a peer that may see it. */
    public record ExportedTo(String service, PeerName peer) {}

    /** The resource id under which the proxy of a service is sent. */
    public static String resourceId(String service) {
        return service + Service.SIDECAR_SUFFIX;
    }

    /** The service whose proxy is sent under a resource id. */
    public static String serviceOf(String resourceId) {
        return resourceId.substring(0, resourceId.length() - Service.SIDECAR_SUFFIX.length());
    }

    /** One instance per mesh gateway; none when there is no gateway. */
    public static List<ImportedInstance> of(
            ExportedTo exported, ExportedChain chain, List<Instance> gateways, MeshIdentity identity) {
        String service = exported.service();
        PeerMeta peerMeta = new PeerMeta(
                List.of(identity.sni(service, exported.peer().value())),
                identities(service, chain, identity),
                chain.protocol());
        List<ImportedInstance> proxies = new ArrayList<>();
        for (Instance gateway : InstanceOrder.sorted(gateways)) {
            if (!gateway.node().value().name().isEmpty()) {
                proxies.add(proxy(service, gateway, proxies.size(), peerMeta));
            }
        }
        return proxies;
    }

    /** Those that may answer: the service, our gateways, and whatever its chain leads to. */
    private static List<String> identities(String service, ExportedChain chain, MeshIdentity identity) {
        Stream<String> own = Stream.of(identity.serviceSpiffeId(service), identity.gatewaySpiffeId());
        Stream<String> others = chain.targets().stream()
                .filter(target -> !target.equals(service))
                .map(identity::serviceSpiffeId);
        return Stream.concat(own, others).toList();
    }

    private static ImportedInstance proxy(String service, Instance gateway, int number, PeerMeta peerMeta) {
        Node node = gateway.node().value();
        Service address = gateway.service().value();
        String id = resourceId(service) + "-instance-" + number;
        Service proxy = new Service(
                Service.CONNECT_PROXY,
                id,
                resourceId(service),
                List.of(),
                address.address(),
                address.taggedAddresses(),
                Map.of(),
                address.port(),
                address.socketPath(),
                address.weights(),
                false,
                destination(service, service + "-instance-" + number),
                new Connect(false, peerMeta));
        return new ImportedInstance(
                node, proxy, FlattenedCheck.of(gateway.checks(), node.name(), id, resourceId(service)));
    }

    private static Proxy destination(String service, String id) {
        Proxy none = Proxy.NONE;
        return new Proxy(
                service,
                id,
                none.localServiceAddress(),
                none.localServicePort(),
                none.localServiceSocketPath(),
                none.mode(),
                none.config(),
                none.upstreams(),
                none.meshGatewayMode(),
                none.expose(),
                none.transparentProxy());
    }
}
