package dev.entente.domain.trust;

import dev.entente.domain.identity.TrustDomain;
import java.util.List;

/** The roots that vouch for the identities of another cluster (protocol chapters 4.4 and 5.5). */
public record TrustBundle(TrustDomain trustDomain, List<String> rootPems, String exportedPartition) {
    public TrustBundle {
        rootPems = List.copyOf(rootPems);
    }
}
