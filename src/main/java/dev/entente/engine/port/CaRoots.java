package dev.entente.engine.port;

import dev.entente.domain.identity.TrustDomain;
import dev.entente.domain.trust.CaRoot;
import java.util.List;

/** All roots of this cluster, active and old. */
public record CaRoots(TrustDomain trustDomain, String activeRootId, List<CaRoot> roots) {
    public CaRoots {
        roots = List.copyOf(roots);
    }
}
