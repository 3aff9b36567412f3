package dev.entente.engine.peering;

import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import dev.entente.domain.trust.CaRoot;
import dev.entente.engine.port.CaRoots;
import dev.entente.engine.port.CertificateAuthority;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** What a peer needs to trust and to name the servers of this cluster (protocol chapter 1.2.1). */
public final class TlsMaterials {
    private static final String NO_CA = "CA has not finished initializing";

    private final CertificateAuthority authority;
    private final PeeringSettings settings;

    /**
     * The TLS name of the servers of this datacenter, and all roots that vouch for them.
     *
     * @param rootPems one PEM per root, each ending in a line break
     */
    record Materials(String serverName, List<String> rootPems) {}

    public TlsMaterials(CertificateAuthority authority, PeeringSettings settings) {
        this.authority = authority;
        this.settings = settings;
    }

    /** For a token: refused unless peers can dial this cluster with TLS. */
    Uni<Materials> forToken() {
        if (!settings.connectEnabled()) {
            return refuse(
                    "connect.enabled must be set to true in the server's configuration when generating peering tokens");
        }
        if (settings.grpcTlsPort() <= 0) {
            return refuse("TLS for gRPC must be enabled when generating peering tokens");
        }
        return authority.roots().map(this::materials);
    }

    /** The name under which this cluster would be dialed itself; refused while it has no CA. */
    Uni<String> ownServerName() {
        if (!settings.connectEnabled()) {
            return refuse("failed to fetch TLS materials: failed to fetch roots: " + NO_CA);
        }
        return authority.roots().map(roots -> roots.trustDomain().serverName(settings.datacenter()));
    }

    private Materials materials(CaRoots roots) {
        if (roots.roots().isEmpty()) {
            throw new RefusedException(Refusal.invalid(NO_CA));
        }
        return new Materials(
                roots.trustDomain().serverName(settings.datacenter()),
                roots.roots().stream()
                        .map(CaRoot::rootCert)
                        .map(TlsMaterials::endingInLineBreak)
                        .toList());
    }

    private static String endingInLineBreak(String pem) {
        return pem.endsWith("\n") ? pem : pem + "\n";
    }

    private static <T> Uni<T> refuse(String text) {
        return Uni.createFrom().failure(new RefusedException(Refusal.invalid(text)));
    }
}
