package dev.entente.config;

import dev.entente.domain.catalog.Proxy;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the proxy part of a service that a configuration file defines (protocol chapter 6.8.1). */
final class ProxyDefinition {
    private ProxyDefinition() {}

    static Proxy read(Optional<Block> given) {
        return given.map(ProxyDefinition::proxy).orElse(Proxy.NONE);
    }

    private static Proxy proxy(Block block) {
        Proxy proxy = new Proxy(
                block.text("destination_service_name"),
                block.text("destination_service_id"),
                block.text("local_service_address"),
                block.integer("local_service_port"),
                block.text("local_service_socket_path"),
                block.text("mode"),
                block.free("config"),
                block.blocks("upstreams").stream()
                        .map(ProxyDefinition::upstream)
                        .toList(),
                meshGatewayMode(block),
                block.block("expose").map(ProxyDefinition::expose).orElseGet(() -> new Proxy.Expose(false, List.of())),
                transparentProxy(block.block("transparent_proxy")));
        block.end();
        return proxy;
    }

    private static Proxy.Upstream upstream(Block block) {
        Proxy.Upstream upstream = new Proxy.Upstream(
                block.text("destination_type"),
                block.text("destination_namespace"),
                block.text("destination_partition"),
                block.text("destination_peer"),
                block.text("destination_name"),
                block.text("datacenter"),
                block.text("local_bind_address"),
                block.integer("local_bind_port"),
                block.text("local_bind_socket_path"),
                block.text("local_bind_socket_mode"),
                block.free("config"),
                meshGatewayMode(block),
                false);
        block.end();
        return upstream;
    }

    private static String meshGatewayMode(Block block) {
        Optional<Block> gateway = block.block("mesh_gateway");
        String mode = gateway.map(given -> given.text("mode")).orElse("");
        gateway.ifPresent(Block::end);
        return mode;
    }

    private static Proxy.Expose expose(Block block) {
        List<Proxy.ExposePath> paths =
                block.blocks("paths").stream().map(ProxyDefinition::path).toList();
        Proxy.Expose expose = new Proxy.Expose(block.flag("checks"), paths);
        block.end();
        return expose;
    }

    private static Proxy.ExposePath path(Block block) {
        Proxy.ExposePath path = new Proxy.ExposePath(
                block.integer("listener_port"),
                block.text("path"),
                block.integer("local_path_port"),
                block.text("protocol"),
                false);
        block.end();
        return path;
    }

    private static Proxy.@Nullable TransparentProxy transparentProxy(Optional<Block> given) {
        Proxy.TransparentProxy proxy = given.map(block -> new Proxy.TransparentProxy(
                        block.integer("outbound_listener_port"), block.flag("dialed_directly")))
                .orElse(null);
        given.ifPresent(Block::end);
        return proxy;
    }
}
