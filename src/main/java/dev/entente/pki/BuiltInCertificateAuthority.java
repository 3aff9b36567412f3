package dev.entente.pki;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.TrustDomain;
import dev.entente.domain.trust.CaRoot;
import dev.entente.engine.port.CaRoots;
import dev.entente.engine.port.CaStore;
import dev.entente.engine.port.CaStore.KeyedRoot;
import dev.entente.engine.port.CertificateAuthority;
import dev.entente.engine.port.Clock;
import dev.entente.engine.port.ClusterStore;
import dev.entente.engine.view.Publisher;
import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * The certificate authority inside the cluster. All replicas share its roots: the first one that needs a root makes it, under the
 * store's lock. A change of roots is published to the default partition.
 */
public final class BuiltInCertificateAuthority implements CertificateAuthority {
    private final CaStore store;
    private final ClusterStore cluster;
    private final Publisher publisher;
    private final Clock clock;

    public BuiltInCertificateAuthority(CaStore store, ClusterStore cluster, Publisher publisher, Clock clock) {
        this.store = store;
        this.cluster = cluster;
        this.publisher = publisher;
        this.clock = clock;
    }

    @Override
    public Uni<CaRoots> roots() {
        return cluster.clusterId().chain(id -> keyedRoots(id).map(roots -> shown(id, roots)));
    }

    @Override
    public Uni<CaRoots> rotate() {
        return cluster.clusterId().chain(this::activateNext).chain(this::roots);
    }

    /** The root that signs now, with its key; stays in this package. */
    Uni<KeyedRoot> signingRoot() {
        return cluster.clusterId().chain(this::keyedRoots).map(BuiltInCertificateAuthority::active);
    }

    private Uni<Void> activateNext(String clusterId) {
        return keyedRoots(clusterId)
                .map(roots -> Roots.succeed(active(roots), clusterId, clock.now()))
                .chain(store::rotate)
                .chain(committed -> publisher.publish(PartitionName.DEFAULT, committed))
                .replaceWithVoid();
    }

    private Uni<List<KeyedRoot>> keyedRoots(String clusterId) {
        return store.roots()
                .chain(roots -> roots.isEmpty()
                        ? initialise(clusterId)
                        : Uni.createFrom().item(roots));
    }

    private Uni<List<KeyedRoot>> initialise(String clusterId) {
        return store.initialise(() -> Roots.make(clusterId, clock.now()))
                .chain(committed -> publisher.publish(PartitionName.DEFAULT, committed));
    }

    private static KeyedRoot active(List<KeyedRoot> roots) {
        return roots.stream()
                .filter(root -> root.root().active())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("none of the roots is active"));
    }

    private static CaRoots shown(String clusterId, List<KeyedRoot> roots) {
        List<CaRoot> all = roots.stream().map(KeyedRoot::root).toList();
        return new CaRoots(
                TrustDomain.ofCluster(clusterId), active(roots).root().id(), all);
    }
}
