package dev.entente.fake;

import dev.entente.domain.trust.CaRoot;
import dev.entente.engine.port.CaStore;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.Committed;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Roots in memory; each write counts as one commit. */
public final class InMemoryCaStore implements CaStore {
    private List<KeyedRoot> roots = List.of();
    private long commits;

    @Override
    public synchronized Uni<List<KeyedRoot>> roots() {
        return Uni.createFrom().item(roots);
    }

    @Override
    public Uni<Committed<List<KeyedRoot>>> initialise(Supplier<KeyedRoot> first) {
        return Uni.createFrom().item(() -> keepOrMake(first));
    }

    private synchronized Committed<List<KeyedRoot>> keepOrMake(Supplier<KeyedRoot> first) {
        if (!roots.isEmpty()) {
            return new Committed<>(roots, 0, List.<Change>of());
        }
        roots = List.of(first.get());
        return new Committed<>(roots, ++commits, List.of());
    }

    @Override
    public Uni<Committed<Optional<KeyedRoot>>> rotate(KeyedRoot next) {
        return Uni.createFrom().item(() -> activate(next));
    }

    private synchronized Committed<Optional<KeyedRoot>> activate(KeyedRoot next) {
        List<KeyedRoot> all = new ArrayList<>();
        roots.forEach(root -> all.add(new KeyedRoot(inactive(root.root()), root.privateKeyPem())));
        all.add(next);
        roots = List.copyOf(all);
        return new Committed<>(Optional.of(next), ++commits, List.of());
    }

    private static CaRoot inactive(CaRoot root) {
        return new CaRoot(
                root.id(),
                root.name(),
                root.serialNumber(),
                root.signingKeyId(),
                root.externalTrustDomain(),
                root.notBefore(),
                root.notAfter(),
                root.rootCert(),
                root.intermediateCerts(),
                false,
                root.privateKeyType(),
                root.privateKeyBits());
    }
}
