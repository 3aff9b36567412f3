package dev.entente.engine.config;

import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.chain.EntryGraph;
import dev.entente.domain.chain.GraphRules;
import dev.entente.domain.config.ConfigEntry;
import dev.entente.domain.config.ConfigKind;
import dev.entente.domain.config.IntentionEdit;
import dev.entente.domain.config.LegacyIntentionRules;
import dev.entente.domain.config.ServiceIntentionsEntry;
import dev.entente.domain.config.ServiceIntentionsEntry.Source;
import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import dev.entente.domain.intention.Intention;
import dev.entente.domain.intention.IntentionId;
import dev.entente.engine.access.Authorizer;
import dev.entente.engine.access.Caller;
import dev.entente.engine.port.Clock;
import dev.entente.engine.port.ConfigEntryStore;
import dev.entente.engine.port.ConfigEntryStore.Among;
import dev.entente.engine.port.ConfigEntryStore.ConfigEntryName;
import dev.entente.engine.port.ConfigEntryStore.Decision;
import dev.entente.engine.port.Ids;
import dev.entente.engine.view.Publisher;
import dev.entente.engine.view.View;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Edits the service-intentions entries of the store. */
public final class StoredIntentions implements IntentionCommands {
    private static final Refusal DENIED = new Refusal(Refusal.Kind.PERMISSION_DENIED, "Permission denied");

    private final ConfigEntryStore store;
    private final View view;
    private final Publisher publisher;
    private final Authorizer authorizer;
    private final Surroundings surroundings;

    /** What edits depend on besides the entry. */
    public record Surroundings(String datacenter, Ids ids, Clock clock) {}

    public StoredIntentions(
            ConfigEntryStore store, View view, Publisher publisher, Authorizer authorizer, Surroundings surroundings) {
        this.store = store;
        this.view = view;
        this.publisher = publisher;
        this.authorizer = authorizer;
        this.surroundings = surroundings;
    }

    @Override
    public Uni<Void> put(
            Caller caller, PartitionName partition, String destination, Source source, Map<String, String> meta) {
        return permitted(caller, partition, destination)
                .chain(() -> edit(partition, destination, new IntentionEdit.Put(destination, source, meta)));
    }

    @Override
    public Uni<Void> delete(Caller caller, PartitionName partition, String destination, String source) {
        return permitted(caller, partition, destination)
                .chain(() -> edit(partition, destination, new IntentionEdit.Remove(source)));
    }

    @Override
    public Uni<String> create(Caller caller, PartitionName partition, String destination, Source source) {
        String id = surroundings.ids().uuid();
        return permitted(caller, partition, destination)
                .invoke(() -> requireNew(source))
                .invoke(() -> requireLegacyForm(destination, source))
                .chain(() ->
                        edit(partition, destination, new IntentionEdit.LegacyCreate(destination, dated(source, id))))
                .replaceWith(id);
    }

    @Override
    public Uni<Void> update(Caller caller, PartitionName partition, String destination, Source source) {
        return Uni.createFrom()
                .item(() -> named(partition, source.legacyId(), "modify"))
                .call(held -> permitted(caller, partition, held.destination()))
                .invoke(held -> requireSameDestination(held, destination))
                .invoke(() -> requireLegacyForm(destination, source))
                .chain(held ->
                        edit(partition, destination, new IntentionEdit.LegacyUpdate(dated(source, source.legacyId()))));
    }

    @Override
    public Uni<Void> deleteById(Caller caller, PartitionName partition, String id) {
        if (id.isEmpty()) {
            return permitted(caller, partition, "");
        }
        return Uni.createFrom()
                .item(() -> named(partition, id, "delete"))
                .call(held -> permitted(caller, partition, held.destination()))
                .chain(held -> edit(partition, held.destination(), new IntentionEdit.LegacyRemove(id)));
    }

    /** Nobody may write about a destination without a name. */
    private Uni<Void> permitted(Caller caller, PartitionName partition, String destination) {
        return destination.isEmpty()
                ? Uni.createFrom().failure(new RefusedException(DENIED))
                : authorizer.require(
                        caller, partition, ConfigPermissions.toWrite(ConfigKind.SERVICE_INTENTIONS, destination));
    }

    private static void requireNew(Source source) {
        if (!source.legacyId().isEmpty()) {
            throw refused("ID must be empty when creating a new intention");
        }
    }

    private static void requireLegacyForm(String destination, Source source) {
        LegacyIntentionRules.fault(destination, source).ifPresent(fault -> {
            throw refused(fault);
        });
    }

    private static void requireSameDestination(Intention held, String destination) {
        if (!held.destination().equals(destination)) {
            throw refused("Cannot modify Destination partition/namespace/name for an intention once it exists.");
        }
    }

    /** Which intention has the id tells the view; whether it still does is decided under the lock. */
    private Intention named(PartitionName partition, String id, String doing) {
        IntentionId.fault(id).ifPresent(fault -> {
            throw refused("Intention lookup failed: " + fault);
        });
        return view.partition(partition)
                .flatMap(tables -> IntentionAnswers.all(tables).value().byId(id))
                .orElseThrow(() -> refused("Cannot " + doing + " non-existent intention: '" + id + "'"));
    }

    private static RefusedException refused(String text) {
        return new RefusedException(Refusal.invalid(text));
    }

    private Source dated(Source source, String id) {
        Instant now = surroundings.clock().now();
        return source.withLegacy(id, source.legacyMeta(), now, now);
    }

    private Uni<Void> edit(PartitionName partition, String destination, IntentionEdit edit) {
        return store.<Void>decideAmong(
                        partition,
                        new ConfigEntryName(ServiceIntentionsEntry.KIND, destination),
                        StoredConfigEntries.IN_GRAPH,
                        among -> decide(partition, edit, among))
                .chain(committed -> publisher.publish(partition, committed));
    }

    private Outcome<Decision<Void>> decide(PartitionName partition, IntentionEdit edit, Among among) {
        Optional<ServiceIntentionsEntry> held =
                among.held().map(Indexed::value).map(ServiceIntentionsEntry.class::cast);
        return edit.applyTo(held)
                .flatMap(after -> faultOf(partition, held, after, EntryGraph.of(among.all()))
                        .map(fault -> Outcome.<Decision<Void>>refused(Refusal.invalid(fault)))
                        .orElseGet(() -> Outcome.accepted(decision(after))));
    }

    /** Whether the entry fits the others, such as the protocol of the destination that permissions need. */
    private Optional<String> faultOf(
            PartitionName partition,
            Optional<ServiceIntentionsEntry> held,
            Optional<ServiceIntentionsEntry> after,
            EntryGraph others) {
        GraphRules.Where where = new GraphRules.Where(partition.value(), surroundings.datacenter(), "");
        if (after.isPresent()) {
            return GraphRules.faultOfWriting(where, others, after.get());
        }
        return held.flatMap(
                gone -> GraphRules.faultOfRemoving(where, others, ConfigKind.SERVICE_INTENTIONS, gone.name()));
    }

    @SuppressWarnings("NullAway") // the result of an edit is that it was made
    private static Decision<Void> decision(Optional<ServiceIntentionsEntry> after) {
        return new Decision<>(false, after.map(ConfigEntry.class::cast), null);
    }
}
