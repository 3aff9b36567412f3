package dev.entente.fake;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.PeeringId;
import dev.entente.domain.peering.Peering;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.Committed;
import dev.entente.engine.port.PeeringStore;
import dev.entente.engine.port.RecordKind;
import io.smallrye.mutiny.Uni;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Peerings in memory. */
public final class InMemoryPeeringStore implements PeeringStore {
    private final Map<String, Held> held = new LinkedHashMap<>();
    private long version;

    @Override
    public Uni<Optional<Held>> byName(PartitionName partition, PeerName name) {
        return Uni.createFrom().item(() -> Optional.ofNullable(held.get(key(partition, name))));
    }

    @Override
    public Uni<Optional<Held>> byId(PeeringId id) {
        return Uni.createFrom()
                .item(() -> held.values().stream()
                        .filter(found -> found.peering().id().equals(id))
                        .findFirst());
    }

    @Override
    public <T> Uni<Committed<T>> decide(
            PartitionName partition, PeerName name, Function<Optional<Held>, Outcome<Decision<T>>> decision) {
        return Uni.createFrom().item(() -> {
            Optional<Held> before = Optional.ofNullable(held.get(key(partition, name)));
            Decision<T> decided = decision.apply(before).orThrow();
            return new Committed<>(decided.result(), 0, write(partition, name, before, decided));
        });
    }

    private List<Change> write(PartitionName partition, PeerName name, Optional<Held> before, Decision<?> decided) {
        Peering after = decided.peering();
        if (after == null) {
            held.remove(key(partition, name));
            return before.isEmpty() ? List.of() : List.of(Change.removal(RecordKind.PEERING, name.key(), ++version));
        }
        boolean same = before.isPresent() && before.get().peering().equals(after);
        long modified = same ? before.get().modifyIndex() : ++version;
        long created = before.map(Held::createIndex).orElse(modified);
        held.put(key(partition, name), new Held(after, decided.secrets(), created, modified));
        return same ? List.of() : List.of(Change.upsert(RecordKind.PEERING, name.key(), modified, created, after));
    }

    private static String key(PartitionName partition, PeerName name) {
        return partition + "/" + name.key();
    }
}
