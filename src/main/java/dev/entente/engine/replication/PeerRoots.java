package dev.entente.engine.replication;

import dev.entente.domain.peering.Peering;
import dev.entente.domain.trust.TrustBundle;
import dev.entente.engine.view.View;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which roots vouch for a peer's servers when they are dialed: those of its token, and those of the trust bundle that it has sent
 * since, so that a peer is still dialed when the roots of its token are long replaced (protocol chapters 1.4 and 4.4).
 */
final class PeerRoots {
    private PeerRoots() {}

    static List<String> of(View view, Peering peering) {
        if (peering.caPems().isEmpty()) {
            return List.of();
        }
        Set<String> roots = new LinkedHashSet<>(peering.caPems());
        bundle(view, peering)
                .filter(bundle ->
                        peering.serverName().endsWith("." + bundle.trustDomain().value()))
                .ifPresent(bundle -> roots.addAll(bundle.rootPems()));
        return List.copyOf(roots);
    }

    private static Optional<TrustBundle> bundle(View view, Peering peering) {
        return view.partition(peering.partition())
                .flatMap(tables -> tables.trustBundle(peering.name()).value())
                .map(held -> held.value());
    }
}
