package dev.entente.rest.body;

import dev.entente.domain.catalog.Proxy;
import dev.entente.domain.config.ProxyDefaultsEntry;
import dev.entente.domain.config.ServiceDefaultsEntry;
import dev.entente.domain.config.ServiceDefaultsEntry.Destination;
import dev.entente.domain.config.ServiceDefaultsEntry.Limits;
import dev.entente.domain.config.ServiceDefaultsEntry.PassiveHealthCheck;
import dev.entente.domain.config.ServiceDefaultsEntry.Upstream;
import dev.entente.domain.config.ServiceDefaultsEntry.Upstreams;

/** The service-defaults and proxy-defaults entries in a body. */
final class DefaultsBody {
    private DefaultsBody() {}

    static ServiceDefaultsEntry service(LooseMembers members) {
        return new ServiceDefaultsEntry(
                members.text("Name"),
                members.text("Protocol"),
                members.named("structs.ProxyMode", "Mode"),
                transparentProxy(members),
                meshGatewayMode(members),
                expose(members),
                members.text("ExternalSNI"),
                members.object("UpstreamConfig", DefaultsBody::upstreams),
                members.object("Destination", DefaultsBody::destination),
                members.integer("MaxInboundConnections"),
                members.integer("LocalConnectTimeoutMs"),
                members.integer("LocalRequestTimeoutMs"),
                members.text("BalanceInboundConnections"),
                members.textMap("Meta"));
    }

    static ProxyDefaultsEntry proxy(LooseMembers members) {
        return new ProxyDefaultsEntry(
                members.text("Name"),
                members.free("Config"),
                members.named("structs.ProxyMode", "Mode"),
                transparentProxy(members),
                meshGatewayMode(members),
                expose(members),
                members.textMap("Meta"));
    }

    private static Proxy.TransparentProxy transparentProxy(LooseMembers members) {
        LooseMembers proxy = members.objectOrEmpty("TransparentProxy");
        return new Proxy.TransparentProxy(proxy.integer("OutboundListenerPort"), proxy.flag("DialedDirectly"));
    }

    private static String meshGatewayMode(LooseMembers members) {
        return members.objectOrEmpty("MeshGateway").named("structs.MeshGatewayMode", "Mode");
    }

    private static Proxy.Expose expose(LooseMembers members) {
        LooseMembers expose = members.objectOrEmpty("Expose");
        return new Proxy.Expose(expose.flag("Checks"), expose.list("Paths", DefaultsBody::exposePath));
    }

    private static Proxy.ExposePath exposePath(LooseMembers members) {
        return new Proxy.ExposePath(
                members.integer("ListenerPort"),
                members.text("Path"),
                members.integer("LocalPathPort"),
                members.text("Protocol"),
                members.flag("ParsedFromCheck"));
    }

    private static Upstreams upstreams(LooseMembers members) {
        return new Upstreams(
                members.list("Overrides", DefaultsBody::upstream), members.object("Defaults", DefaultsBody::upstream));
    }

    private static Upstream upstream(LooseMembers members) {
        return new Upstream(
                members.text("Name"),
                members.text("EnvoyListenerJSON"),
                members.text("EnvoyClusterJSON"),
                members.text("Protocol"),
                members.integer("ConnectTimeoutMs"),
                members.object("Limits", DefaultsBody::limits),
                members.object("PassiveHealthCheck", DefaultsBody::passiveHealthCheck),
                meshGatewayMode(members),
                members.text("BalanceOutboundConnections"));
    }

    private static Limits limits(LooseMembers members) {
        return new Limits(
                members.integerIfAny("MaxConnections"),
                members.integerIfAny("MaxPendingRequests"),
                members.integerIfAny("MaxConcurrentRequests"));
    }

    private static PassiveHealthCheck passiveHealthCheck(LooseMembers members) {
        return new PassiveHealthCheck(
                members.duration("Interval"),
                members.unsigned("MaxFailures"),
                members.unsignedIfAny("EnforcingConsecutive5xx"));
    }

    private static Destination destination(LooseMembers members) {
        return new Destination(members.texts("Addresses"), members.integer("Port"));
    }
}
