package dev.entente.domain.chain;

import dev.entente.domain.config.ConfigEntry;
import dev.entente.domain.config.ConfigKind;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** All entries of a partition that have to fit together. */
public final class EntryGraph implements EntrySource {
    /** The kinds of entries that make chains. */
    static final List<ConfigKind> OF_CHAINS =
            List.of(ConfigKind.SERVICE_ROUTER, ConfigKind.SERVICE_SPLITTER, ConfigKind.SERVICE_RESOLVER);

    private final Map<ConfigKind, SortedMap<String, ConfigEntry>> entries = new EnumMap<>(ConfigKind.class);

    private EntryGraph() {}

    public static EntryGraph of(Collection<ConfigEntry> entries) {
        EntryGraph graph = new EntryGraph();
        entries.forEach(graph::put);
        return graph;
    }

    private void put(ConfigEntry entry) {
        ConfigKind kind = ConfigKind.of(entry.kind())
                .orElseThrow(() -> new IllegalArgumentException("no kind is called " + entry.kind()));
        SortedMap<String, ConfigEntry> ofKind = entries.computeIfAbsent(kind, key -> none());
        ofKind.remove(entry.name());
        ofKind.put(entry.name(), entry);
    }

    /** By name, in whatever case. */
    private static SortedMap<String, ConfigEntry> none() {
        return new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    }

    /** The entries as they would be with this one written. */
    EntryGraph with(ConfigEntry entry) {
        EntryGraph graph = copy();
        graph.put(entry);
        return graph;
    }

    /** The entries as they would be without this one. */
    EntryGraph without(ConfigKind kind, String name) {
        EntryGraph graph = copy();
        graph.entries.getOrDefault(kind, none()).remove(name);
        return graph;
    }

    private EntryGraph copy() {
        EntryGraph graph = new EntryGraph();
        entries.forEach((kind, held) -> graph.entries.put(kind, new TreeMap<>(held)));
        return graph;
    }

    @Override
    public Optional<ConfigEntry> find(ConfigKind kind, String name) {
        return Optional.ofNullable(entries.getOrDefault(kind, none()).get(name));
    }

    <T extends ConfigEntry> Stream<T> all(ConfigKind kind, Class<T> type) {
        return entries.getOrDefault(kind, none()).values().stream()
                .filter(type::isInstance)
                .map(type::cast);
    }

    /** The names that have a router, a splitter or a resolver. */
    SortedSet<String> chainNames() {
        SortedSet<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        OF_CHAINS.forEach(
                kind -> names.addAll(entries.getOrDefault(kind, none()).keySet()));
        return names;
    }
}
