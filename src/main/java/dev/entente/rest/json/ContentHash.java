package dev.entente.rest.json;

import dev.entente.domain.catalog.Connect;
import dev.entente.domain.catalog.Proxy;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.catalog.ServiceAddress;
import dev.entente.domain.catalog.Weights;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The hash of a service that clients of an agent wait for a change of (protocol chapter 6.8). It is the one that Consul 1.14 gives
 * the same service, so the names here are those of its types and fields; later releases have more fields and other hashes.
 */
final class ContentHash {
    private ContentHash() {}

    /** Up to 16 hexadecimal digits, without zeros in front. */
    static String of(Service service) {
        StructureHash hash = new StructureHash("AgentService")
                .with("Kind", service.kind())
                .with("ID", service.id())
                .with("Service", service.name())
                .with("Tags", StructureHash.of(service.tags(), StructureHash::of))
                .with("Meta", StructureHash.of(service.meta(), StructureHash::of))
                .with("Port", service.port())
                .with("Address", service.address())
                .with("SocketPath", service.socketPath())
                .with("TaggedAddresses", StructureHash.of(service.taggedAddresses(), ContentHash::of))
                .with("Weights", of(service.weights()))
                .with("EnableTagOverride", service.enableTagOverride())
                .with("CreateIndex", 0)
                .with("ModifyIndex", 0)
                .with("ContentHash", "")
                .with("Proxy", service.hasProxy() ? of(service.proxy()) : StructureHash.ABSENT)
                .with("Connect", of(service.connect()))
                .with("PeerName", "");
        return Long.toHexString(hash.value());
    }

    private static long of(ServiceAddress address) {
        return new StructureHash("ServiceAddress")
                .with("Address", address.address())
                .with("Port", address.port())
                .value();
    }

    private static long of(Weights weights) {
        return new StructureHash("AgentWeights")
                .with("Passing", weights.passing())
                .with("Warning", weights.warning())
                .value();
    }

    private static long of(Connect connect) {
        if (!connect.isNative()) {
            return StructureHash.ABSENT;
        }
        return new StructureHash("AgentServiceConnect")
                .with("Native", true)
                .with("SidecarService", StructureHash.ABSENT)
                .value();
    }

    private static long of(Proxy proxy) {
        return new StructureHash("AgentServiceConnectProxyConfig")
                .with("DestinationServiceName", proxy.destinationServiceName())
                .with("DestinationServiceID", proxy.destinationServiceId())
                .with("LocalServiceAddress", proxy.localServiceAddress())
                .with("LocalServicePort", proxy.localServicePort())
                .with("LocalServiceSocketPath", proxy.localServiceSocketPath())
                .with("Mode", proxy.mode())
                .with("TransparentProxy", of(proxy.transparentProxy()))
                .with("Config", of(proxy.config()))
                .with("Upstreams", StructureHash.of(proxy.upstreams(), ContentHash::of))
                .with("MeshGateway", ofMeshGateway(proxy.meshGatewayMode()))
                .with("Expose", of(proxy.expose()))
                .value();
    }

    private static long of(Proxy.@Nullable TransparentProxy transparent) {
        if (transparent == null) {
            return StructureHash.ABSENT;
        }
        return new StructureHash("TransparentProxyConfig")
                .with("OutboundListenerPort", transparent.outboundListenerPort())
                .with("DialedDirectly", transparent.dialedDirectly())
                .value();
    }

    private static long of(Proxy.Upstream upstream) {
        return new StructureHash("Upstream")
                .with("DestinationType", upstream.destinationType())
                .with("DestinationPartition", upstream.destinationPartition())
                .with("DestinationNamespace", upstream.destinationNamespace())
                .with("DestinationPeer", upstream.destinationPeer())
                .with("DestinationName", upstream.destinationName())
                .with("Datacenter", upstream.datacenter())
                .with("LocalBindAddress", upstream.localBindAddress())
                .with("LocalBindPort", upstream.localBindPort())
                .with("LocalBindSocketPath", upstream.localBindSocketPath())
                .with("LocalBindSocketMode", upstream.localBindSocketMode())
                .with("Config", of(ProxyJson.withoutUnset(upstream.config())))
                .with("MeshGateway", ofMeshGateway(upstream.meshGatewayMode()))
                .with("CentrallyConfigured", false)
                .value();
    }

    private static long of(Map<String, @Nullable Object> config) {
        return StructureHash.of(config, StructureHash::ofFree);
    }

    private static long ofMeshGateway(String mode) {
        return new StructureHash("MeshGatewayConfig").with("Mode", mode).value();
    }

    private static long of(Proxy.Expose expose) {
        return new StructureHash("ExposeConfig")
                .with("Checks", expose.checks())
                .with("Paths", StructureHash.of(expose.paths(), ContentHash::of))
                .value();
    }

    private static long of(Proxy.ExposePath path) {
        return new StructureHash("ExposePath")
                .with("ListenerPort", path.listenerPort())
                .with("Path", path.path())
                .with("LocalPathPort", path.localPathPort())
                .with("Protocol", path.protocol())
                .with("ParsedFromCheck", path.parsedFromCheck())
                .value();
    }
}
