package dev.entente.rest.json;

import dev.entente.domain.config.IngressGatewayEntry;
import dev.entente.domain.config.IngressGatewayEntry.ExposedService;
import dev.entente.domain.config.IngressGatewayEntry.Limits;
import dev.entente.domain.config.IngressGatewayEntry.Listener;
import dev.entente.domain.config.IngressGatewayEntry.Secret;
import dev.entente.domain.config.IngressGatewayEntry.Tls;
import dev.entente.domain.config.TerminatingGatewayEntry.LinkedService;

/** The members of ingress-gateway and terminating-gateway entries. */
final class GatewayJson {
    private GatewayJson() {}

    static void ingress(Json json, IngressGatewayEntry entry) {
        json.objectIfAny("TLS", entry.tls(), GatewayJson::tls)
                .arrayOrNull("Listeners", entry.listeners(), GatewayJson::listener)
                .objectIfAny("Defaults", entry.defaults(), GatewayJson::defaults);
    }

    private static void tls(Json json, Tls tls) {
        json.flag("Enabled", tls.enabled())
                .objectIfAny("SDS", tls.secret(), GatewayJson::secret)
                .textIfAny("TLSMinVersion", tls.minVersion())
                .textIfAny("TLSMaxVersion", tls.maxVersion())
                .textsIfAny("CipherSuites", tls.cipherSuites());
    }

    private static void secret(Json json, Secret secret) {
        json.textIfAny("ClusterName", secret.clusterName()).textIfAny("CertResource", secret.certResource());
    }

    private static void defaults(Json json, Limits limits) {
        json.number("MaxConnections", limits.maxConnections())
                .number("MaxPendingRequests", limits.maxPendingRequests())
                .number("MaxConcurrentRequests", limits.maxConcurrentRequests());
    }

    private static void listener(Json json, Listener listener) {
        json.members(object -> object.number("Port", listener.port())
                .text("Protocol", listener.protocol())
                .objectIfAny("TLS", listener.tls(), GatewayJson::tls)
                .arrayOrNull("Services", listener.services(), GatewayJson::service));
    }

    private static void service(Json json, ExposedService service) {
        json.members(object -> object.text("Name", service.name())
                .textsOrNull("Hosts", service.hosts())
                .objectIfAny(
                        "TLS", service.tls(), (each, tls) -> each.objectIfAny("SDS", tls.secret(), GatewayJson::secret))
                .objectIfAny("RequestHeaders", service.requestHeaders(), RouteJson::headers)
                .objectIfAny("ResponseHeaders", service.responseHeaders(), RouteJson::headers)
                .numberIfAny("MaxConnections", service.limits().maxConnections())
                .numberIfAny("MaxPendingRequests", service.limits().maxPendingRequests())
                .numberIfAny("MaxConcurrentRequests", service.limits().maxConcurrentRequests())
                .textMapIfAny("Meta", service.meta()));
    }

    static void linked(Json json, LinkedService service) {
        json.members(object -> object.textIfAny("Name", service.name())
                .textIfAny("CAFile", service.caFile())
                .textIfAny("CertFile", service.certFile())
                .textIfAny("KeyFile", service.keyFile())
                .textIfAny("SNI", service.sni()));
    }
}
