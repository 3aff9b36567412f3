package dev.entente.rest.body;

import dev.entente.domain.config.IngressGatewayEntry;
import dev.entente.domain.config.IngressGatewayEntry.ExposedService;
import dev.entente.domain.config.IngressGatewayEntry.Limits;
import dev.entente.domain.config.IngressGatewayEntry.Listener;
import dev.entente.domain.config.IngressGatewayEntry.Secret;
import dev.entente.domain.config.IngressGatewayEntry.ServiceTls;
import dev.entente.domain.config.IngressGatewayEntry.Tls;

/** The ingress-gateway entry in a body. */
final class IngressBody {
    private IngressBody() {}

    static IngressGatewayEntry read(LooseMembers members) {
        return new IngressGatewayEntry(
                members.text("Name"),
                tls(members.objectOrEmpty("TLS")),
                members.list("Listeners", IngressBody::listener),
                members.object("Defaults", IngressBody::limits),
                members.textMap("Meta"));
    }

    private static Tls tls(LooseMembers members) {
        return new Tls(
                members.flag("Enabled"),
                members.object("SDS", IngressBody::secret),
                members.named("types.TLSVersion", "TLSMinVersion"),
                members.named("types.TLSVersion", "TLSMaxVersion"),
                members.texts("CipherSuites", "types.TLSCipherSuite"));
    }

    private static Secret secret(LooseMembers members) {
        return new Secret(members.text("ClusterName"), members.text("CertResource"));
    }

    private static Limits limits(LooseMembers members) {
        return new Limits(
                members.unsigned("MaxConnections"),
                members.unsigned("MaxPendingRequests"),
                members.unsigned("MaxConcurrentRequests"));
    }

    private static Listener listener(LooseMembers members) {
        return new Listener(
                members.integer("Port"),
                members.text("Protocol"),
                members.object("TLS", IngressBody::tls),
                members.list("Services", IngressBody::service));
    }

    private static ExposedService service(LooseMembers members) {
        return new ExposedService(
                members.text("Name"),
                members.texts("Hosts"),
                members.object("TLS", tls -> new ServiceTls(tls.object("SDS", IngressBody::secret))),
                members.object("RequestHeaders", HeadersBody::read),
                members.object("ResponseHeaders", HeadersBody::read),
                limits(members),
                members.textMap("Meta"));
    }
}
