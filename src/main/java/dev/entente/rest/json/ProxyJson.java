package dev.entente.rest.json;

import dev.entente.domain.catalog.Proxy;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The proxy part of an instance, in its two forms (protocol chapter 6.2, Proxy and Upstream). */
final class ProxyJson {
    private ProxyJson() {}

    /** As catalog and health show it: the mode always, the transparent proxy first. */
    static void write(Json json, Proxy proxy) {
        json.members(object -> {
            transparentProxy(object, proxy);
            destination(object, proxy);
            object.text("Mode", proxy.mode());
            rest(object, proxy, false);
        });
    }

    /** As agent endpoints show it. */
    static void writeForAgent(Json json, Proxy proxy) {
        json.members(object -> {
            destination(object, proxy);
            object.textIfAny("Mode", proxy.mode());
            transparentProxy(object, proxy);
            rest(object, proxy, true);
        });
    }

    private static void destination(Json json, Proxy proxy) {
        json.textIfAny("DestinationServiceName", proxy.destinationServiceName())
                .textIfAny("DestinationServiceID", proxy.destinationServiceId())
                .textIfAny("LocalServiceAddress", proxy.localServiceAddress())
                .numberIfAny("LocalServicePort", proxy.localServicePort())
                .textIfAny("LocalServiceSocketPath", proxy.localServiceSocketPath());
    }

    private static void rest(Json json, Proxy proxy, boolean forAgent) {
        json.freeIfAny("Config", proxy.config())
                .arrayIfAny("Upstreams", proxy.upstreams(), (each, upstream) -> upstream(each, upstream, forAgent));
        meshGateway(json, proxy.meshGatewayMode());
        expose(json, proxy.expose(), forAgent);
    }

    static void expose(Json json, Proxy.Expose expose, boolean forAgent) {
        json.object(
                "Expose",
                object -> object.flagIfSet("Checks", expose.checks())
                        .arrayIfAny("Paths", expose.paths(), (each, path) -> exposePath(each, path, forAgent)));
    }

    private static void transparentProxy(Json json, Proxy proxy) {
        Proxy.TransparentProxy transparent = proxy.transparentProxy();
        if (transparent != null) {
            transparentProxy(json, transparent);
        }
    }

    static void transparentProxy(Json json, Proxy.TransparentProxy transparent) {
        json.object(
                "TransparentProxy",
                object -> object.numberIfAny("OutboundListenerPort", transparent.outboundListenerPort())
                        .flagIfSet("DialedDirectly", transparent.dialedDirectly()));
    }

    private static void upstream(Json json, Proxy.Upstream upstream, boolean forAgent) {
        json.members(object -> {
            if (!forAgent || !upstream.destinationType().isEmpty()) {
                object.text("DestinationType", upstream.destinationType());
            }
            object.textIfAny("DestinationNamespace", upstream.destinationNamespace())
                    .textIfAny("DestinationPartition", upstream.destinationPartition())
                    .textIfAny("DestinationPeer", upstream.destinationPeer())
                    .text("DestinationName", upstream.destinationName());
            if (!forAgent || !upstream.datacenter().isEmpty()) {
                object.text("Datacenter", upstream.datacenter());
            }
            object.textIfAny("LocalBindAddress", upstream.localBindAddress())
                    .numberIfAny("LocalBindPort", upstream.localBindPort())
                    .textIfAny("LocalBindSocketPath", upstream.localBindSocketPath())
                    .textIfAny("LocalBindSocketMode", upstream.localBindSocketMode())
                    .freeIfAny("Config", forAgent ? withoutUnset(upstream.config()) : upstream.config());
            meshGateway(object, upstream.meshGatewayMode());
            object.flagIfSet("CentrallyConfigured", !forAgent && upstream.centrallyConfigured());
        });
    }

    /** An agent does not show what entries leave open of these two, which the catalog shows as null and zero. */
    static Map<String, @Nullable Object> withoutUnset(Map<String, @Nullable Object> config) {
        Map<String, @Nullable Object> shown = new TreeMap<>(config);
        for (String key : List.of("limits", "passive_health_check")) {
            if (shown.get(key) instanceof Map<?, ?> settings) {
                Map<Object, @Nullable Object> set = new TreeMap<>(settings);
                set.values().removeIf(value -> value == null || value.equals(0));
                shown.put(key, set);
            }
        }
        return shown;
    }

    static void meshGateway(Json json, String mode) {
        json.object("MeshGateway", object -> object.textIfAny("Mode", mode));
    }

    private static void exposePath(Json json, Proxy.ExposePath path, boolean forAgent) {
        json.members(object -> {
            object.numberIfAny("ListenerPort", path.listenerPort())
                    .textIfAny("Path", path.path())
                    .numberIfAny("LocalPathPort", path.localPathPort())
                    .textIfAny("Protocol", path.protocol());
            if (forAgent || path.parsedFromCheck()) {
                object.flag("ParsedFromCheck", path.parsedFromCheck());
            }
        });
    }
}
