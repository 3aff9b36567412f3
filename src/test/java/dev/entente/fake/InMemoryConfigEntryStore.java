package dev.entente.fake;

import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.config.ConfigEntry;
import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.Committed;
import dev.entente.engine.port.ConfigEntryStore;
import dev.entente.engine.port.Keys;
import dev.entente.engine.port.RecordKind;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Config entries in memory; one decision at a time. */
public final class InMemoryConfigEntryStore implements ConfigEntryStore {
    private final Map<String, Indexed<ConfigEntry>> held = new HashMap<>();
    private long version;

    @Override
    public <T> Uni<Committed<T>> decide(
            PartitionName partition,
            String kind,
            String name,
            Function<Optional<Indexed<ConfigEntry>>, Outcome<Decision<T>>> decision) {
        return Uni.createFrom().item(() -> decideNow(partition, Keys.configEntry(kind, name), decision));
    }

    @Override
    public <T> Uni<Committed<T>> decideAmong(
            PartitionName partition,
            ConfigEntryName name,
            Set<String> kinds,
            Function<Among, Outcome<Decision<T>>> decision) {
        return Uni.createFrom()
                .item(() -> decideNow(
                        partition,
                        Keys.configEntry(name.kind(), name.name()),
                        before -> decision.apply(new Among(before, all(partition, kinds)))));
    }

    private List<ConfigEntry> all(PartitionName partition, Set<String> kinds) {
        return held.entrySet().stream()
                .filter(each -> each.getKey().startsWith(partition + "/"))
                .map(each -> each.getValue().value())
                .filter(entry -> kinds.contains(entry.kind()))
                .toList();
    }

    private synchronized <T> Committed<T> decideNow(
            PartitionName partition,
            String key,
            Function<Optional<Indexed<ConfigEntry>>, Outcome<Decision<T>>> decision) {
        String place = partition + "/" + key;
        Optional<Indexed<ConfigEntry>> before = Optional.ofNullable(held.get(place));
        Decision<T> decided = decision.apply(before).orThrow();
        List<Change> changes = decided.keep() ? List.of() : write(place, key, before, decided.entry());
        return new Committed<>(decided.result(), changes.isEmpty() ? 0 : version, changes);
    }

    private List<Change> write(
            String place, String key, Optional<Indexed<ConfigEntry>> before, Optional<ConfigEntry> after) {
        if (after.equals(before.map(Indexed::value))) {
            return List.of();
        }
        version++;
        if (after.isEmpty()) {
            held.remove(place);
            return List.of(Change.removal(RecordKind.CONFIG_ENTRY, key, version));
        }
        long created = before.map(Indexed::createIndex).orElse(version);
        held.put(place, new Indexed<>(after.get(), created, version));
        return List.of(Change.upsert(RecordKind.CONFIG_ENTRY, key, version, created, after.get()));
    }
}
