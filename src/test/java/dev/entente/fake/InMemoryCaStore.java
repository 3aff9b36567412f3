package dev.entente.fake;

import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.trust.CaConfiguration;
import dev.entente.engine.port.CaStore;
import dev.entente.engine.port.Committed;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/** Roots and configuration in memory; each write counts as one commit. */
public final class InMemoryCaStore implements CaStore {
    private Optional<Held> held = Optional.empty();
    private long versions;

    @Override
    public synchronized Uni<Optional<Held>> held() {
        return Uni.createFrom().item(held);
    }

    @Override
    public Uni<Committed<Held>> initialise(CaConfiguration configuration, KeyedRoot first) {
        return Uni.createFrom().item(() -> keepOrStore(configuration, first));
    }

    private synchronized Committed<Held> keepOrStore(CaConfiguration configuration, KeyedRoot first) {
        if (held.isPresent()) {
            return new Committed<>(held.get(), 0, List.of());
        }
        return new Committed<>(write(List.of(first), configuration), versions, List.of());
    }

    @Override
    public Uni<Committed<Optional<Held>>> replace(Held seen, List<KeyedRoot> roots, CaConfiguration configuration) {
        return Uni.createFrom().item(() -> replaceNow(seen, roots, configuration));
    }

    private synchronized Committed<Optional<Held>> replaceNow(
            Held seen, List<KeyedRoot> roots, CaConfiguration configuration) {
        if (held.filter(now -> now.version() == seen.version()).isEmpty()) {
            return new Committed<>(Optional.empty(), 0, List.of());
        }
        boolean rootsChange = !roots.equals(seen.roots());
        Held after = write(roots, configuration);
        return new Committed<>(Optional.of(after), rootsChange ? versions : 0, List.of());
    }

    private Held write(List<KeyedRoot> roots, CaConfiguration configuration) {
        long version = ++versions;
        List<KeyedRoot> stored = roots.stream()
                .map(root -> root.root().createIndex() != 0
                        ? root
                        : new KeyedRoot(
                                root.root().withCreateIndex(version), root.privateKeyPem(), root.rotatedOutAt()))
                .toList();
        long since = held.map(before -> before.configuration().createIndex()).orElse(version);
        boolean same = held.filter(before -> before.configuration().value().equals(configuration))
                .isPresent();
        Indexed<CaConfiguration> indexed =
                same ? held.orElseThrow().configuration() : new Indexed<>(configuration, since, version);
        Held after = new Held(stored, indexed, version);
        held = Optional.of(after);
        return after;
    }

    @Override
    public synchronized Uni<Long> nextIndex() {
        return Uni.createFrom().item(++versions);
    }
}
