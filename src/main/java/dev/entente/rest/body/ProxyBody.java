package dev.entente.rest.body;

import dev.entente.domain.catalog.Proxy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The proxy part of a service in a body (protocol chapter 6.8.1). */
final class ProxyBody {
    private ProxyBody() {}

    static Proxy read(@Nullable Members members) {
        if (members == null) {
            return Proxy.NONE;
        }
        Proxy proxy = new Proxy(
                members.text("DestinationServiceName", "destination_service_name"),
                members.text("DestinationServiceID", "destination_service_id"),
                members.text("LocalServiceAddress", "local_service_address"),
                members.integer("LocalServicePort", "local_service_port"),
                members.text("LocalServiceSocketPath", "local_service_socket_path"),
                members.named("structs.ProxyMode", "Mode"),
                members.free("Config"),
                members.objects("structs.Upstreams", GoType.UPSTREAM, "Upstreams").stream()
                        .map(ProxyBody::upstream)
                        .toList(),
                meshGatewayMode(members),
                expose(members.object("structs.ExposeConfig", "Expose")),
                transparentProxy(
                        members.object("structs.TransparentProxyConfig", "TransparentProxy", "transparent_proxy")));
        members.end();
        return proxy;
    }

    private static Proxy.Upstream upstream(Members members) {
        Proxy.Upstream upstream = new Proxy.Upstream(
                members.text("DestinationType", "destination_type"),
                members.text("DestinationNamespace", "destination_namespace"),
                members.text("DestinationPartition", "destination_partition"),
                members.text("DestinationPeer", "destination_peer"),
                members.text("DestinationName", "destination_name"),
                members.text("Datacenter"),
                members.text("LocalBindAddress", "local_bind_address"),
                members.integer("LocalBindPort", "local_bind_port"),
                members.text("LocalBindSocketPath", "local_bind_socket_path"),
                members.text("LocalBindSocketMode", "local_bind_socket_mode"),
                members.free("Config"),
                meshGatewayMode(members),
                false);
        members.ignore("CentrallyConfigured").end();
        return upstream;
    }

    private static String meshGatewayMode(Members members) {
        Members gateway = members.object("structs.MeshGatewayConfig", "MeshGateway", "mesh_gateway");
        if (gateway == null) {
            return "";
        }
        String mode = gateway.named("structs.MeshGatewayMode", "Mode");
        gateway.end();
        return mode;
    }

    private static Proxy.Expose expose(@Nullable Members members) {
        if (members == null) {
            return new Proxy.Expose(false, List.of());
        }
        List<Proxy.ExposePath> paths = members.objects("[]structs.ExposePath", GoType.EXPOSE_PATH, "Paths").stream()
                .map(ProxyBody::exposePath)
                .toList();
        Proxy.Expose expose = new Proxy.Expose(members.flag("Checks"), paths);
        members.end();
        return expose;
    }

    private static Proxy.ExposePath exposePath(Members members) {
        Proxy.ExposePath path = new Proxy.ExposePath(
                members.integer("ListenerPort", "listener_port"),
                members.text("Path"),
                members.integer("LocalPathPort", "local_path_port"),
                members.text("Protocol"),
                members.flag("ParsedFromCheck", "parsed_from_check"));
        members.end();
        return path;
    }

    private static Proxy.@Nullable TransparentProxy transparentProxy(@Nullable Members members) {
        if (members == null) {
            return null;
        }
        Proxy.TransparentProxy proxy = new Proxy.TransparentProxy(
                members.integer("OutboundListenerPort"), members.flag("DialedDirectly", "dialed_directly"));
        members.end();
        return proxy.isNothing() ? null : proxy;
    }
}
