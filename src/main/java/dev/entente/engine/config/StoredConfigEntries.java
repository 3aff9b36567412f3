package dev.entente.engine.config;

import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.chain.EntryGraph;
import dev.entente.domain.chain.GraphRules;
import dev.entente.domain.config.ConfigEntry;
import dev.entente.domain.config.ConfigKind;
import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.Refusal;
import dev.entente.engine.access.Authorizer;
import dev.entente.engine.access.Caller;
import dev.entente.engine.port.Committed;
import dev.entente.engine.port.ConfigEntryStore;
import dev.entente.engine.port.ConfigEntryStore.Among;
import dev.entente.engine.port.ConfigEntryStore.ConfigEntryName;
import dev.entente.engine.port.ConfigEntryStore.Decision;
import dev.entente.engine.view.Publisher;
import io.smallrye.mutiny.Uni;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes config entries under the lock of their name, so that of two that compare the same index one is written. */
public final class StoredConfigEntries implements ConfigEntries {
    /** All kinds of entries that have to fit together. */
    static final Set<String> IN_GRAPH = Arrays.stream(ConfigKind.values())
            .filter(GraphRules::concern)
            .map(ConfigKind::text)
            .collect(Collectors.toUnmodifiableSet());

    private final ConfigEntryStore store;
    private final Publisher publisher;
    private final Authorizer authorizer;
    private final Rules rules;

    /**
     * What writes depend on besides the entry.
     *
     * @param connectEnabled whether there is a mesh; without one there are no intentions
     */
    public record Rules(boolean connectEnabled, String datacenter) {}

    public StoredConfigEntries(ConfigEntryStore store, Publisher publisher, Authorizer authorizer, Rules rules) {
        this.store = store;
        this.publisher = publisher;
        this.authorizer = authorizer;
        this.rules = rules;
    }

    @Override
    public Uni<Boolean> put(Caller caller, PartitionName partition, ConfigEntry entry, OptionalLong cas) {
        ConfigKind kind = kindOf(entry);
        return Uni.createFrom()
                .item(() -> usable(kind).flatMap(used -> normalised(entry)).orThrow())
                .call(normal -> authorizer.require(caller, partition, ConfigPermissions.toWrite(kind, normal.name())))
                .chain(normal -> decide(partition, kind, normal.name(), among -> put(partition, normal, cas, among)));
    }

    @Override
    public Uni<Boolean> delete(Caller caller, PartitionName partition, ConfigKind kind, String name, OptionalLong cas) {
        return Uni.createFrom()
                .item(() -> usable(kind).flatMap(used -> kind.nameOf(name)).orThrow())
                .call(stored -> authorizer.require(caller, partition, ConfigPermissions.toWrite(kind, stored)))
                .chain(stored -> decide(partition, kind, stored, among -> delete(partition, kind, cas, among)));
    }

    private static ConfigKind kindOf(ConfigEntry entry) {
        return ConfigKind.of(entry.kind())
                .orElseThrow(() -> new IllegalArgumentException("no kind is called " + entry.kind()));
    }

    private Outcome<ConfigKind> usable(ConfigKind kind) {
        return kind == ConfigKind.SERVICE_INTENTIONS && !rules.connectEnabled()
                ? Outcome.refused(Refusal.invalid("Connect must be enabled in order to use this endpoint"))
                : Outcome.accepted(kind);
    }

    private static Outcome<ConfigEntry> normalised(ConfigEntry entry) {
        return entry.normalised().map(ConfigEntry.class::cast);
    }

    private Uni<Boolean> decide(
            PartitionName partition,
            ConfigKind kind,
            String name,
            Function<Among, Outcome<Decision<Boolean>>> decision) {
        Uni<Committed<Boolean>> decided = GraphRules.concern(kind)
                ? store.decideAmong(partition, new ConfigEntryName(kind.text(), name), IN_GRAPH, decision)
                : store.decide(partition, kind.text(), name, held -> decision.apply(new Among(held, List.of())));
        return decided.chain(committed -> publisher.publish(partition, committed));
    }

    /** Equal content counts as written, whatever index was compared (protocol chapter 6.6). */
    private Outcome<Decision<Boolean>> put(PartitionName partition, ConfigEntry entry, OptionalLong cas, Among among) {
        Optional<Indexed<ConfigEntry>> held = among.held();
        if (held.map(Indexed::value).filter(entry::equals).isPresent()) {
            return keep(true);
        }
        if (cas.isPresent() && cas.getAsLong() != held.map(Indexed::modifyIndex).orElse(0L)) {
            return keep(false);
        }
        return unless(
                GraphRules.faultOfWriting(where(partition), EntryGraph.of(among.all()), entry),
                new Decision<>(false, Optional.of(entry), true));
    }

    /** What is not there counts as deleted, whatever index was compared. */
    private Outcome<Decision<Boolean>> delete(PartitionName partition, ConfigKind kind, OptionalLong cas, Among among) {
        Optional<Indexed<ConfigEntry>> held = among.held();
        if (held.isEmpty()) {
            return keep(true);
        }
        if (cas.isPresent() && cas.getAsLong() != held.get().modifyIndex()) {
            return keep(false);
        }
        String name = held.get().value().name();
        return unless(
                GraphRules.faultOfRemoving(where(partition), EntryGraph.of(among.all()), kind, name),
                new Decision<>(false, Optional.empty(), true));
    }

    private GraphRules.Where where(PartitionName partition) {
        return new GraphRules.Where(partition.value(), rules.datacenter(), "");
    }

    private static Outcome<Decision<Boolean>> keep(boolean result) {
        return Outcome.accepted(new Decision<>(true, Optional.empty(), result));
    }

    private static Outcome<Decision<Boolean>> unless(Optional<String> fault, Decision<Boolean> decision) {
        return fault.map(text -> Outcome.<Decision<Boolean>>refused(Refusal.invalid(text)))
                .orElseGet(() -> Outcome.accepted(decision));
    }
}
