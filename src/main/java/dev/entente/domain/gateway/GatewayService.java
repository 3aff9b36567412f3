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

    /** Names of files on the gateway, and the name that TLS goes by. */
    public record TlsFiles(String caFile, String certFile, String keyFile, String sni) {
        static final TlsFiles NONE = new TlsFiles("", "", "", "");
    }
}
