package dev.entente.engine.view;

import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.config.ConfigEntry;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.peering.Peering;
import dev.entente.engine.port.CaRoots;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.Keys;
import dev.entente.engine.port.LogEntry;
import dev.entente.engine.port.PartitionRecord;
import dev.entente.engine.view.Topic.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The records that are not catalog: peerings, config entries, roots, partitions. Their indexes towards clients are PostgreSQL's versions,
 * because {@code cas} compares them; the index of an answer is a position of the log.
 */
final class DurableTables {
    private final Map<String, Held<Peering>> peerings = new ConcurrentHashMap<>();
    private final Map<String, Held<ConfigEntry>> configEntries = new ConcurrentHashMap<>();
    private final Map<String, Long> kindIndexes = new ConcurrentHashMap<>();
    private final Set<PartitionName> partitions = ConcurrentHashMap.newKeySet();
    private final Absences absences = new Absences();
    private volatile long loadedFrom = 1;
    private volatile long peeringsIndex = 1;
    private volatile Found<Optional<Indexed<CaRoots>>> caRoots = new Found<>(1, Optional.empty());

    private record Held<T>(long position, Indexed<T> indexed) {}

    void apply(LogEntry entry, Set<Topic> changed) {
        Change change = entry.change();
        switch (change.kind()) {
            case PEERING -> applyPeering(entry, changed);
            case CONFIG_ENTRY -> applyConfigEntry(entry, changed);
            case CA_ROOTS -> applyRoots(entry, changed);
            case PARTITION -> applyPartition(entry, changed);
            case NODE, SERVICE, CHECK, CHECK_REPORT, IMPORTED_SERVICE, IMPORTED_BUNDLE, IMPORTS_DROPPED ->
                throw new IllegalArgumentException(change.kind() + " is not kept here");
        }
    }

    private static <T> Held<T> held(LogEntry entry, T value) {
        Change change = entry.change();
        return new Held<>(entry.position(), new Indexed<>(value, change.createVersion(), change.version()));
    }

    private void applyPeering(LogEntry entry, Set<Topic> changed) {
        if (entry.change().value() instanceof Peering peering) {
            peerings.put(entry.change().key(), held(entry, peering));
        } else {
            peerings.remove(entry.change().key());
        }
        peeringsIndex = Math.max(peeringsIndex, entry.position());
        changed.add(Topic.of(Subject.PEERINGS, null));
    }

    private void applyConfigEntry(LogEntry entry, Set<Topic> changed) {
        String key = entry.change().key();
        if (entry.change().value() instanceof ConfigEntry value) {
            configEntries.put(key, held(entry, value));
        } else {
            absences.disappears(key, entry.position());
            configEntries.remove(key);
        }
        String kind = key.substring(0, key.indexOf(Keys.SEPARATOR));
        kindIndexes.merge(kind, entry.position(), Math::max);
        changed.add(Topic.configEntry(key));
        changed.add(Topic.configKind(kind));
    }

    private void applyRoots(LogEntry entry, Set<Topic> changed) {
        if (entry.change().value() instanceof CaRoots roots) {
            caRoots =
                    new Found<>(entry.position(), Optional.of(held(entry, roots).indexed()));
            changed.add(Topic.of(Subject.CA_ROOTS, null));
        }
    }

    private void applyPartition(LogEntry entry, Set<Topic> changed) {
        PartitionName name = new PartitionName(entry.change().key());
        if (entry.change().value() instanceof PartitionRecord) {
            partitions.add(name);
        } else {
            partitions.remove(name);
        }
        changed.add(Topic.of(Subject.PARTITIONS, null));
    }

    /** After a load nobody knows what was removed before. */
    void startFrom(long position) {
        absences.startFrom(position);
        loadedFrom = Math.max(loadedFrom, position);
        peeringsIndex = Math.max(peeringsIndex, position);
    }

    Found<Optional<Indexed<ConfigEntry>>> configEntry(String kind, String name) {
        Held<ConfigEntry> held = configEntries.get(Keys.configEntry(kind, name));
        if (held == null) {
            return absences.of(Keys.configEntry(kind, name), Optional.empty());
        }
        return new Found<>(held.position(), Optional.of(held.indexed()));
    }

    Found<List<Indexed<ConfigEntry>>> configEntries(String kind) {
        String prefix = Keys.configEntry(kind, "");
        List<Indexed<ConfigEntry>> found = new ArrayList<>();
        configEntries.forEach((key, held) -> {
            if (key.startsWith(prefix)) {
                found.add(held.indexed());
            }
        });
        found.sort(Comparator.comparing(entry -> Topic.lower(entry.value().name())));
        return new Found<>(Math.max(loadedFrom, kindIndexes.getOrDefault(kind, 1L)), List.copyOf(found));
    }

    Found<List<Indexed<Peering>>> peerings() {
        List<Indexed<Peering>> found = new ArrayList<>();
        for (String key : new TreeSet<>(peerings.keySet())) {
            Held<Peering> held = peerings.get(key);
            if (held != null) {
                found.add(held.indexed());
            }
        }
        return new Found<>(peeringsIndex, List.copyOf(found));
    }

    Optional<Indexed<Peering>> peering(PeerName name) {
        return Optional.ofNullable(peerings.get(name.key())).map(Held::indexed);
    }

    Found<Optional<Indexed<CaRoots>>> caRoots() {
        return caRoots;
    }

    Set<PartitionName> partitions() {
        return Set.copyOf(partitions);
    }
}
