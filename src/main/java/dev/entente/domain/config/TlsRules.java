package dev.entente.domain.config;

import static dev.entente.domain.config.Faults.when;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which TLS versions and cipher suites proxies can be told to use. */
final class TlsRules {
    private static final String AUTO = "TLS_AUTO";
    private static final List<String> NUMBERED = List.of("TLSv1_0", "TLSv1_1", "TLSv1_2", "TLSv1_3");
    /** With these as the least version, cipher suites still matter. */
    private static final Set<String> BEFORE_1_3 = Set.of("", AUTO, "TLSv1_0", "TLSv1_1", "TLSv1_2");

    private static final Set<String> SUITES = Set.of(
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
            "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
            "TLS_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_RSA_WITH_AES_128_CBC_SHA",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
            "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
            "TLS_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_RSA_WITH_AES_256_CBC_SHA");

    private TlsRules() {}

    static Optional<String> fault(String least, String most, List<String> suites) {
        return faultOfVersion(least)
                .or(() -> faultOfVersion(most))
                .or(() -> when(
                        isBelow(most, least),
                        "configuring max version " + most + " less than the configured min version " + least
                                + " is invalid"))
                .or(() -> when(
                        !suites.isEmpty() && !BEFORE_1_3.contains(least),
                        "configuring CipherSuites is only applicable to connections negotiated with TLS 1.2 or earlier, "
                                + "TLSMinVersion is set to " + least))
                .or(() -> faultOfSuites(suites));
    }

    private static Optional<String> faultOfSuites(List<String> suites) {
        List<String> unknown =
                suites.stream().filter(suite -> !SUITES.contains(suite)).toList();
        return when(!unknown.isEmpty(), "no matching Envoy TLS cipher suite found for " + String.join(",", unknown));
    }

    private static Optional<String> faultOfVersion(String version) {
        boolean known = version.isEmpty() || version.equals(AUTO) || NUMBERED.contains(version);
        return when(
                !known,
                "no matching TLS version found for " + version + ", please specify one of [" + AUTO + ", "
                        + String.join(", ", NUMBERED) + "]");
    }

    /** Versions without a number are neither less nor more. */
    private static boolean isBelow(String version, String other) {
        return NUMBERED.contains(version) && NUMBERED.indexOf(version) < NUMBERED.indexOf(other);
    }
}
