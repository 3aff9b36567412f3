package dev.entente.domain.config;

import dev.entente.domain.config.ServiceIntentionsEntry.Source;
import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A change of one intention, as a change of the entry of its destination (protocol chapter 6.7). The by-name forms turn an entry that
 * was made through the deprecated endpoints into a plain one; the by-id forms refuse an entry that is not wholly of that kind.
 *
 * <p>The by-name forms mean sources of this cluster only: a rule about a peer's service of the same name is another rule and is left
 * alone, whereas the snapshot overwrites it.
 */
public sealed interface IntentionEdit {

    /** The entry afterwards, in its stored form; empty when nothing is left of it. */
    Outcome<Optional<ServiceIntentionsEntry>> applyTo(Optional<ServiceIntentionsEntry> held);

    /**
     * Writes the rule about a source of this cluster.
     *
     * @param meta what was sent as meta: the entry's own, or nothing
     */
    record Put(String destination, Source source, Map<String, String> meta) implements IntentionEdit {
        public Put {
            meta = Map.copyOf(meta);
        }

        @Override
        public Outcome<Optional<ServiceIntentionsEntry>> applyTo(Optional<ServiceIntentionsEntry> held) {
            if (!meta.isEmpty() && !held.map(entry -> entry.meta().equals(meta)).orElse(false)) {
                return invalid(
                        held.isEmpty()
                                ? "Meta must not be specified"
                                : "Meta must not be specified, or should be unchanged during an update.");
            }
            ServiceIntentionsEntry entry = held.orElseGet(() -> empty(destination));
            return plain(with(entry, replaced(entry.sources(), isLocal(source.name()), source)));
        }
    }

    /** Takes the rule about a source of this cluster away; one that is not there counts as taken away. */
    record Remove(String source) implements IntentionEdit {
        @Override
        public Outcome<Optional<ServiceIntentionsEntry>> applyTo(Optional<ServiceIntentionsEntry> held) {
            boolean isThere =
                    held.stream().flatMap(entry -> entry.sources().stream()).anyMatch(isLocal(source));
            return isThere
                    ? plain(with(held.orElseThrow(), without(held.orElseThrow().sources(), isLocal(source))))
                    : Outcome.accepted(held);
        }
    }

    /** Adds a rule through the deprecated endpoint. */
    record LegacyCreate(String destination, Source source) implements IntentionEdit {
        @Override
        public Outcome<Optional<ServiceIntentionsEntry>> applyTo(Optional<ServiceIntentionsEntry> held) {
            ServiceIntentionsEntry entry = held.orElseGet(() -> empty(destination));
            List<Source> sources = new ArrayList<>(entry.sources());
            sources.add(source);
            return onlyLegacy(entry).flatMap(fit -> legacy(with(entry, sources)));
        }
    }

    /** Replaces the rule that has the id of this one, through the deprecated endpoint; the time of its creation stays. */
    record LegacyUpdate(Source source) implements IntentionEdit {
        @Override
        public Outcome<Optional<ServiceIntentionsEntry>> applyTo(Optional<ServiceIntentionsEntry> held) {
            Optional<Source> before = found(held, source.legacyId());
            if (before.isEmpty()) {
                return invalid("Cannot modify non-existent intention: '" + source.legacyId() + "'");
            }
            ServiceIntentionsEntry entry = held.orElseThrow();
            Source after = source.withLegacy(
                    source.legacyId(), source.legacyMeta(), before.get().legacyCreateTime(), source.legacyUpdateTime());
            return onlyLegacy(entry)
                    .flatMap(fit -> legacy(with(entry, replaced(entry.sources(), hasId(source.legacyId()), after))));
        }
    }

    /** Takes the rule of an id away, through the deprecated endpoint. */
    record LegacyRemove(String id) implements IntentionEdit {
        @Override
        public Outcome<Optional<ServiceIntentionsEntry>> applyTo(Optional<ServiceIntentionsEntry> held) {
            if (found(held, id).isEmpty()) {
                return invalid("Cannot delete non-existent intention: '" + id + "'");
            }
            ServiceIntentionsEntry entry = held.orElseThrow();
            return onlyLegacy(entry).flatMap(fit -> legacy(with(entry, without(entry.sources(), hasId(id)))));
        }
    }

    private static Optional<Source> found(Optional<ServiceIntentionsEntry> held, String id) {
        return held.stream()
                .flatMap(entry -> entry.sources().stream())
                .filter(hasId(id))
                .findFirst();
    }

    private static Predicate<Source> hasId(String id) {
        return source -> source.legacyId().equals(id);
    }

    private static Predicate<Source> isLocal(String name) {
        return source -> source.peer().isEmpty() && source.name().equals(name);
    }

    private static List<Source> without(List<Source> sources, Predicate<Source> gone) {
        return sources.stream().filter(gone.negate()).toList();
    }

    /** Puts the source in the place of the one that fits, or at the end. */
    private static List<Source> replaced(List<Source> sources, Predicate<Source> old, Source source) {
        List<Source> after = new ArrayList<>(sources);
        int place = 0;
        while (place < after.size() && !old.test(after.get(place))) {
            place++;
        }
        if (place < after.size()) {
            after.set(place, source);
        } else {
            after.add(source);
        }
        return after;
    }

    private static ServiceIntentionsEntry empty(String destination) {
        return new ServiceIntentionsEntry(destination, List.of(), Map.of());
    }

    private static ServiceIntentionsEntry with(ServiceIntentionsEntry entry, List<Source> sources) {
        return new ServiceIntentionsEntry(entry.name(), sources, entry.meta());
    }

    private static Outcome<ServiceIntentionsEntry> onlyLegacy(ServiceIntentionsEntry entry) {
        return entry.sources().stream().noneMatch(source -> source.legacyId().isEmpty())
                ? Outcome.accepted(entry)
                : invalid("cannot use legacy intention API to edit intentions with a destination of \"" + entry.name()
                        + "\" after editing them via a service-intentions config entry");
    }

    private static Outcome<Optional<ServiceIntentionsEntry>> plain(ServiceIntentionsEntry entry) {
        return entry.sources().isEmpty()
                ? Outcome.accepted(Optional.empty())
                : entry.normalised().map(Optional::of);
    }

    private static Outcome<Optional<ServiceIntentionsEntry>> legacy(ServiceIntentionsEntry entry) {
        if (entry.sources().isEmpty()) {
            return Outcome.accepted(Optional.empty());
        }
        ServiceIntentionsEntry normal = ServiceIntentionsRules.legacyNormalised(entry);
        return ServiceIntentionsRules.legacyFault(normal)
                .map(IntentionEdit::<Optional<ServiceIntentionsEntry>>invalid)
                .orElseGet(() -> Outcome.accepted(Optional.of(normal)));
    }

    private static <T> Outcome<T> invalid(String text) {
        return Outcome.refused(Refusal.invalid(text));
    }
}
