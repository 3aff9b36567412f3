package dev.entente.engine.config;

import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.config.ConfigEntry;
import dev.entente.domain.config.ConfigKind;
import dev.entente.domain.config.ServiceIntentionsEntry;
import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.Refusal;
import dev.entente.engine.access.Authorizer;
import dev.entente.engine.access.Caller;
import dev.entente.engine.port.ConfigEntryStore;
import dev.entente.engine.port.ConfigEntryStore.Decision;
import dev.entente.engine.view.Publisher;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** Writes config entries under the lock of their name, so that of two that compare the same index one is written. */
public final class StoredConfigEntries implements ConfigEntries {
    private final ConfigEntryStore store;
    private final Publisher publisher;
    private final Authorizer authorizer;
    private final Rules rules;

    /**
     * What writes depend on besides the entry.
     *
     * @param connectEnabled whether there is a mesh; without one there are no intentions
     */
    public record Rules(boolean connectEnabled, ServiceProtocols protocols) {}

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
                .chain(normal ->
                        decide(partition, normal.kind(), normal.name(), held -> put(partition, normal, cas, held)));
    }

    @Override
    public Uni<Boolean> delete(Caller caller, PartitionName partition, ConfigKind kind, String name, OptionalLong cas) {
        return Uni.createFrom()
                .item(() -> usable(kind).flatMap(used -> kind.nameOf(name)).orThrow())
                .call(stored -> authorizer.require(caller, partition, ConfigPermissions.toWrite(kind, stored)))
                .chain(stored -> decide(partition, kind.text(), stored, held -> delete(cas, held)));
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
            String kind,
            String name,
            Function<Optional<Indexed<ConfigEntry>>, Outcome<Decision<Boolean>>> decision) {
        return store.decide(partition, kind, name, decision)
                .chain(committed -> publisher.publish(partition, committed));
    }

    /** Equal content counts as written, whatever index was compared (protocol chapter 6.6). */
    private Outcome<Decision<Boolean>> put(
            PartitionName partition, ConfigEntry entry, OptionalLong cas, Optional<Indexed<ConfigEntry>> held) {
        if (held.map(Indexed::value).filter(entry::equals).isPresent()) {
            return keep(true);
        }
        if (cas.isPresent() && cas.getAsLong() != held.map(Indexed::modifyIndex).orElse(0L)) {
            return keep(false);
        }
        return compatible(partition, entry).map(fit -> new Decision<>(false, Optional.of(fit), true));
    }

    /** What is not there counts as deleted, whatever index was compared. */
    private static Outcome<Decision<Boolean>> delete(OptionalLong cas, Optional<Indexed<ConfigEntry>> held) {
        if (held.isEmpty()) {
            return keep(true);
        }
        if (cas.isPresent() && cas.getAsLong() != held.get().modifyIndex()) {
            return keep(false);
        }
        return Outcome.accepted(new Decision<>(false, Optional.empty(), true));
    }

    private static Outcome<Decision<Boolean>> keep(boolean result) {
        return Outcome.accepted(new Decision<>(true, Optional.empty(), result));
    }

    /** Permissions need a protocol whose requests can be told apart (protocol chapter 8.3, last row). */
    private Outcome<ConfigEntry> compatible(PartitionName partition, ConfigEntry entry) {
        boolean looksAtRequests = entry instanceof ServiceIntentionsEntry intentions && intentions.hasPermissions();
        if (!looksAtRequests || rules.protocols().showRequests(partition, entry.name())) {
            return Outcome.accepted(entry);
        }
        return Outcome.refused(Refusal.invalid("service \"" + entry.name() + "\" has protocol \""
                + rules.protocols().of(partition, entry.name())
                + "\", which is incompatible with L7 intentions permissions"));
    }
}
