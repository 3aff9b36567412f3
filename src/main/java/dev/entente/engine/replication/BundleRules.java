package dev.entente.engine.replication;

import dev.entente.domain.identity.GoText;
import dev.entente.domain.identity.TrustDomain;
import dev.entente.domain.peering.Peering;
import dev.entente.domain.trust.TrustBundle;
import dev.entente.engine.view.PartitionView;
import dev.entente.engine.view.View;
import java.util.Optional;

/**
 * Whose roots a peer may give: its own. Roots under a foreign trust domain would let it vouch for identities of ours, or of another
 * peer (Consul takes any).
 */
final class BundleRules {
    private static final String PEERING_NAME = ".peering.";

    private final View view;

    BundleRules(View view) {
        this.view = view;
    }

    /** What is wrong with a bundle that came over the stream of a peering. */
    Optional<String> faultOf(TrustBundle bundle, Peering peering) {
        TrustDomain domain = bundle.trustDomain();
        if (isOurs(domain)) {
            return Optional.of("the trust domain " + GoText.quote(domain.value()) + " is that of this cluster");
        }
        if (isNotWhatWeDialed(domain, peering)) {
            return Optional.of("the trust domain " + GoText.quote(domain.value()) + " is not that of the server name "
                    + GoText.quote(peering.serverName()));
        }
        return view.partition(peering.partition())
                .flatMap(partition -> ownerOf(bundle, peering, partition))
                .map(owner -> "the trust domain " + GoText.quote(domain.value()) + " is that of the peer "
                        + GoText.quote(owner.name().value()));
    }

    private boolean isOurs(TrustDomain domain) {
        return view.defaultPartition()
                .caRoots()
                .value()
                .filter(roots -> roots.value().trustDomain().equals(domain))
                .isPresent();
    }

    /** TLS has proven the server name of a dialed peer, and that name has the trust domain in it. */
    private static boolean isNotWhatWeDialed(TrustDomain domain, Peering peering) {
        int at = peering.serverName().indexOf(PEERING_NAME);
        return peering.isDialer()
                && !peering.caPems().isEmpty()
                && at >= 0
                && !new TrustDomain(peering.serverName().substring(at + PEERING_NAME.length())).equals(domain);
    }

    /** Partitions of one cluster share its trust domain and are told apart by their names. */
    private static Optional<Peering> ownerOf(TrustBundle bundle, Peering peering, PartitionView partition) {
        return partition.peerings().value().stream()
                .map(found -> found.value())
                .filter(other -> other.isActive() && !other.id().equals(peering.id()))
                .filter(other -> partition
                        .trustBundle(other.name())
                        .value()
                        .filter(held -> held.value().trustDomain().equals(bundle.trustDomain())
                                && held.value().exportedPartition().equals(bundle.exportedPartition()))
                        .isPresent())
                .findFirst();
    }
}
