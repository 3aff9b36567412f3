package dev.entente.pki;

import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import dev.entente.domain.identity.TrustDomain;
import dev.entente.domain.trust.CaConfiguration;
import dev.entente.domain.trust.CaPlan;
import dev.entente.domain.trust.CaRoot;
import dev.entente.domain.trust.CaSettings;
import dev.entente.engine.port.AuthorityControl;
import dev.entente.engine.port.CaRoots;
import dev.entente.engine.port.CaStore;
import dev.entente.engine.port.CaStore.Held;
import dev.entente.engine.port.CaStore.KeyedRoot;
import dev.entente.engine.port.CertificateAuthority;
import dev.entente.engine.port.Clock;
import dev.entente.engine.port.ClusterStore;
import dev.entente.engine.view.Publisher;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * The certificate authority inside the cluster. All replicas share its roots and its configuration: the first one that needs a root
 * makes it, under the store's lock, and a change is written only onto what its decision was made from. A change of roots is published
 * to the default partition. Keys are made on the workers, for a large one takes seconds.
 */
public final class BuiltInCertificateAuthority implements CertificateAuthority, AuthorityControl {
    private static final int ATTEMPTS = 3;

    private final CaStore store;
    private final ClusterStore cluster;
    private final Publisher publisher;
    private final Surroundings surroundings;

    /**
     * What the authority needs besides the stores.
     *
     * @param initial how a new cluster's authority works
     * @param workers where keys are made
     */
    public record Surroundings(CaConfiguration initial, Clock clock, Executor workers) {}

    public BuiltInCertificateAuthority(
            CaStore store, ClusterStore cluster, Publisher publisher, Surroundings surroundings) {
        this.store = store;
        this.cluster = cluster;
        this.publisher = publisher;
        this.surroundings = surroundings;
    }

    @Override
    public Uni<CaRoots> roots() {
        return cluster.clusterId().chain(id -> held().map(held -> shown(id, held.roots())));
    }

    @Override
    public Uni<Indexed<CaConfiguration>> configuration() {
        return held().map(Held::configuration);
    }

    @Override
    public Uni<Void> configure(CaConfiguration wanted, long expectedIndex) {
        return configure(wanted, expectedIndex, ATTEMPTS);
    }

    @Override
    public Uni<Void> prune() {
        return held().chain(held -> {
            List<KeyedRoot> kept = known(held);
            return kept.size() == held.roots().size()
                    ? Uni.createFrom().voidItem()
                    : replace(held, kept, held.configuration().value()).replaceWithVoid();
        });
    }

    /** What signs now: the roots with their keys; stays in this package. */
    Uni<Held> held() {
        return store.held()
                .chain(found -> found.map(held -> Uni.createFrom().item(held)).orElseGet(this::initialise));
    }

    static CaSettings settings(Held held) {
        return CaSettings.of(held.configuration().value()).orThrow();
    }

    Instant now() {
        return surroundings.clock().now();
    }

    <T> Uni<T> onWorker(Supplier<T> work) {
        return Uni.createFrom().item(work).runSubscriptionOn(surroundings.workers());
    }

    private Uni<Held> initialise() {
        return cluster.clusterId()
                .chain(id -> onWorker(
                        () -> Roots.make(CaSettings.of(surroundings.initial()).orThrow(), id, now())))
                .chain(first -> store.initialise(surroundings.initial(), first))
                .chain(committed -> publisher.publish(PartitionName.DEFAULT, committed));
    }

    /** Two who change at the same time do so one after the other: the second decides anew. */
    private Uni<Void> configure(CaConfiguration wanted, long expectedIndex, int attempts) {
        if (attempts == 0) {
            return Uni.createFrom()
                    .failure(new RefusedException(Refusal.invalid("could not atomically update roots and config")));
        }
        return held().chain(held -> carryOut(held, wanted, expectedIndex))
                .chain(done -> done ? Uni.createFrom().voidItem() : configure(wanted, expectedIndex, attempts - 1));
    }

    private Uni<Boolean> carryOut(Held held, CaConfiguration wanted, long expectedIndex) {
        Indexed<CaConfiguration> now = held.configuration();
        CaPlan plan =
                CaPlan.of(now.value(), now.modifyIndex(), wanted, expectedIndex).orThrow();
        CaConfiguration noted = wanted.noting(now.value().state());
        if (plan instanceof CaPlan.OtherRoot other) {
            return cluster.clusterId()
                    .chain(id -> onWorker(() -> rotated(held, other, id)))
                    .chain(roots -> replace(held, roots, noted));
        }
        return plan instanceof CaPlan.Nothing ? Uni.createFrom().item(true) : replace(held, held.roots(), noted);
    }

    private List<KeyedRoot> rotated(Held held, CaPlan.OtherRoot plan, String clusterId) {
        KeyedRoot active = held.active();
        KeyedRoot next = Roots.make(plan.settings(), clusterId, now());
        if (next.root().id().equals(active.root().id())) {
            return held.roots();
        }
        List<KeyedRoot> roots = new ArrayList<>();
        held.roots().stream()
                .filter(root -> !root.root().id().equals(next.root().id()))
                .map(root -> root.rotatedOut(now()))
                .forEach(roots::add);
        roots.add(plan.crossSigned() ? Roots.vouchedFor(next, active, now()) : next);
        return roots;
    }

    /** The active root, and those that were replaced not long ago. */
    private List<KeyedRoot> known(Held held) {
        Instant longAgo = now().minus(settings(held).retirement());
        return held.roots().stream()
                .filter(root ->
                        root.rotatedOutAt() == null || !root.rotatedOutAt().isBefore(longAgo))
                .toList();
    }

    private Uni<Boolean> replace(Held seen, List<KeyedRoot> roots, CaConfiguration configuration) {
        return store.replace(seen, roots, configuration)
                .chain(committed -> publisher.publish(PartitionName.DEFAULT, committed))
                .map(Optional::isPresent);
    }

    private static CaRoots shown(String clusterId, List<KeyedRoot> keyed) {
        List<CaRoot> all = keyed.stream().map(KeyedRoot::root).toList();
        String active =
                all.stream().filter(CaRoot::active).map(CaRoot::id).findFirst().orElse("");
        return new CaRoots(TrustDomain.ofCluster(clusterId), active, all);
    }
}
