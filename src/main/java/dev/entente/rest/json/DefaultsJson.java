package dev.entente.rest.json;

import dev.entente.domain.config.ProxyDefaultsEntry;
import dev.entente.domain.config.ServiceDefaultsEntry;
import dev.entente.domain.config.ServiceDefaultsEntry.Destination;
import dev.entente.domain.config.ServiceDefaultsEntry.Limits;
import dev.entente.domain.config.ServiceDefaultsEntry.PassiveHealthCheck;
import dev.entente.domain.config.ServiceDefaultsEntry.Upstream;
import dev.entente.domain.config.ServiceDefaultsEntry.Upstreams;

/** The members of service-defaults and proxy-defaults entries. */
final class DefaultsJson {
    private DefaultsJson() {}

    static void service(Json json, ServiceDefaultsEntry entry) {
        json.text("Protocol", entry.protocol()).textIfAny("Mode", entry.mode());
        ProxyJson.transparentProxy(json, entry.transparentProxy());
        ProxyJson.meshGateway(json, entry.meshGatewayMode());
        ProxyJson.expose(json, entry.expose(), false);
        json.textIfAny("ExternalSNI", entry.externalSni())
                .objectIfAny("UpstreamConfig", entry.upstreams(), DefaultsJson::upstreams)
                .objectIfAny("Destination", entry.destination(), DefaultsJson::destination)
                .numberIfAny("MaxInboundConnections", entry.maxInboundConnections())
                .numberIfAny("LocalConnectTimeoutMs", entry.localConnectTimeoutMs())
                .numberIfAny("LocalRequestTimeoutMs", entry.localRequestTimeoutMs())
                .textIfAny("BalanceInboundConnections", entry.balanceInboundConnections());
    }

    static void proxy(Json json, ProxyDefaultsEntry entry) {
        if (entry.config().isEmpty()) {
            json.nothing("Config");
        } else {
            json.freeIfAny("Config", entry.config());
        }
        json.textIfAny("Mode", entry.mode());
        ProxyJson.transparentProxy(json, entry.transparentProxy());
        ProxyJson.meshGateway(json, entry.meshGatewayMode());
        ProxyJson.expose(json, entry.expose(), false);
    }

    private static void upstreams(Json json, Upstreams upstreams) {
        json.arrayIfAny(
                        "Overrides",
                        upstreams.overrides(),
                        (each, upstream) -> each.members(object -> upstream(object, upstream)))
                .objectIfAny("Defaults", upstreams.defaults(), DefaultsJson::upstream);
    }

    private static void upstream(Json json, Upstream upstream) {
        json.textIfAny("Name", upstream.name())
                .textIfAny("EnvoyListenerJSON", upstream.envoyListenerJson())
                .textIfAny("EnvoyClusterJSON", upstream.envoyClusterJson())
                .textIfAny("Protocol", upstream.protocol())
                .numberIfAny("ConnectTimeoutMs", upstream.connectTimeoutMs())
                .objectIfAny("Limits", upstream.limits(), DefaultsJson::limits)
                .objectIfAny("PassiveHealthCheck", upstream.passiveHealthCheck(), DefaultsJson::passiveHealthCheck);
        ProxyJson.meshGateway(json, upstream.meshGatewayMode());
        json.textIfAny("BalanceOutboundConnections", upstream.balanceOutboundConnections());
    }

    private static void limits(Json json, Limits limits) {
        json.numberIfSet("MaxConnections", limits.maxConnections())
                .numberIfSet("MaxPendingRequests", limits.maxPendingRequests())
                .numberIfSet("MaxConcurrentRequests", limits.maxConcurrentRequests());
    }

    private static void passiveHealthCheck(Json json, PassiveHealthCheck check) {
        json.numberIfAny("Interval", check.interval().toNanos())
                .numberIfAny("MaxFailures", check.maxFailures())
                .numberIfSet("EnforcingConsecutive5xx", check.enforcingConsecutive5xx());
    }

    private static void destination(Json json, Destination destination) {
        json.textsIfAny("Addresses", destination.addresses()).numberIfAny("Port", destination.port());
    }
}
