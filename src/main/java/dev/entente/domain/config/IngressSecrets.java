package dev.entente.domain.config;

import static dev.entente.domain.config.Faults.first;
import static dev.entente.domain.config.Faults.when;

import dev.entente.domain.config.IngressGatewayEntry.ExposedService;
import dev.entente.domain.config.IngressGatewayEntry.Listener;
import dev.entente.domain.config.IngressGatewayEntry.Secret;
import dev.entente.domain.config.IngressGatewayEntry.ServiceTls;
import dev.entente.domain.config.IngressGatewayEntry.Tls;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which names of certificates belong together: of the gateway, of one of its ports, and of a service there. */
final class IngressSecrets {
    private static final Secret NONE = new Secret("", "");
    private static final String NO_CLUSTER = "TLS.SDS.ClusterName is required if CertResource is set";

    private IngressSecrets() {}

    static Optional<String> fault(Tls gateway, Listener listener, ExposedService service) {
        Secret all = of(gateway);
        Secret port = of(listener.tls());
        ServiceTls tls = service.tls();
        Secret one = tls == null || tls.secret() == null ? NONE : tls.secret();
        String where = " (listener on port " + listener.port() + ")";
        String which = " (service \"" + service.name() + "\" on listener on port " + listener.port() + ")";
        boolean hasCluster = hasCluster(all) || hasCluster(port);
        return first(List.of(
                () -> when(hasCertificate(all) && !hasCluster(all), NO_CLUSTER),
                () -> when(
                        hasCluster(all) && !hasCertificate(all) && !hasCertificate(port),
                        "TLS.SDS.CertResource is required if ClusterName is set for gateway" + where),
                () -> when(
                        hasCluster(port) && !hasCertificate(port),
                        "TLS.SDS.CertResource is required if ClusterName is set for listener" + where),
                () -> when(hasCertificate(port) && !hasCluster, NO_CLUSTER + where),
                () -> when(
                        hasCertificate(one) && service.hosts().isEmpty(),
                        "A service specifying TLS.SDS.CertResource must have at least one item in Hosts" + which),
                () -> when(hasCertificate(one) && !hasCluster(one) && !hasCluster, NO_CLUSTER + which)));
    }

    private static Secret of(@Nullable Tls tls) {
        Secret secret = tls == null ? null : tls.secret();
        return secret == null ? NONE : secret;
    }

    private static boolean hasCluster(Secret secret) {
        return !secret.clusterName().isEmpty();
    }

    private static boolean hasCertificate(Secret secret) {
        return !secret.certResource().isEmpty();
    }
}
