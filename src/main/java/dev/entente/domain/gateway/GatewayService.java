package dev.entente.domain.gateway;

import java.util.List;

/**
 * A service that a gateway leads to (protocol chapter 6.5).
 *
 * @param gatewayKind {@code ingress-gateway} or {@code terminating-gateway}
 * @param port of an ingress gateway, else 0
 * @param tls of a terminating gateway
 * @param serviceKind {@code service} or {@code destination} where it is known, else empty
 */
public record GatewayService(
        String gateway,
        String service,
        String gatewayKind,
        int port,
        String protocol,
        List<String> hosts,
        TlsFiles tls,
        boolean fromWildcard,
        String serviceKind) {
    public GatewayService {
        hosts = List.copyOf(hosts);
    }

    /** Where an ingress gateway serves it; without hosts of its own under the name that DNS would know it by. */
    public List<String> addresses(String datacenter) {
        if (port == 0) {
            return List.of();
        }
        List<String> served = hosts.isEmpty() ? List.of(service + ".ingress." + datacenter + ".consul") : hosts;
        return served.stream()
                .map(host -> (host.endsWith(".") ? host.substring(0, host.length() - 1) : host) + ":" + port)
                .toList();
    }

    /** Names of files on the gateway, and the name that TLS goes by. */
    public record TlsFiles(String caFile, String certFile, String keyFile, String sni) {
        static final TlsFiles NONE = new TlsFiles("", "", "", "");
    }
}
