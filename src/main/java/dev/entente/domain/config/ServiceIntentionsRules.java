package dev.entente.domain.config;

import static dev.entente.domain.config.Faults.first;
import static dev.entente.domain.config.Faults.firstOf;
import static dev.entente.domain.config.Faults.when;

import dev.entente.domain.config.ServiceIntentionsEntry.Source;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What a service-intentions entry may be, how it is stored, and which source goes before which (protocol chapter 8.3). */
final class ServiceIntentionsRules {
    private static final String WILDCARD = "*";
    private static final String CONSUL = "consul";
    private static final int MAX_DESCRIPTION = 512;

    private ServiceIntentionsRules() {}

    /** Sources get their defaults and precedence, and stand in its order; what a legacy write would have set is dropped. */
    static ServiceIntentionsEntry normalised(ServiceIntentionsEntry entry) {
        return ordered(entry, source -> source.withLegacy("", source.legacyMeta(), null, null));
    }

    /** The same for an entry that is written through the deprecated endpoints: the identity of its sources stays. */
    static ServiceIntentionsEntry legacyNormalised(ServiceIntentionsEntry entry) {
        return ordered(entry, source -> source);
    }

    /** The rules for a legacy write: the meta of its sources is checked before, where it is sent. */
    static Optional<String> legacyFault(ServiceIntentionsEntry entry) {
        return fault(ordered(entry, source -> source.withLegacy(source.legacyId(), Map.of(), null, null)));
    }

    private static ServiceIntentionsEntry ordered(ServiceIntentionsEntry entry, UnaryOperator<Source> change) {
        List<Source> sources = entry.sources().stream()
                .map(source -> normalised(entry.name(), change.apply(source)))
                .sorted(Comparator.comparingInt(Source::precedence).reversed())
                .toList();
        return new ServiceIntentionsEntry(entry.name(), sources, entry.meta());
    }

    private static Source normalised(String destination, Source source) {
        return new Source(
                source.name(),
                source.action(),
                source.permissions().stream()
                        .map(HttpPermissionRules::normalised)
                        .toList(),
                precedence(destination, source),
                source.legacyId(),
                source.type().isEmpty() ? CONSUL : source.type(),
                source.description(),
                source.legacyMeta(),
                source.legacyCreateTime(),
                source.legacyUpdateTime(),
                source.peer(),
                source.partition());
    }

    /**
     * An exact destination counts more than an exact source; the namespace always counts as exact. A rule about all peers counts one
     * less than the same rule about one peer, as all namespaces do in Consul's table.
     */
    static int precedence(String destination, Source source) {
        int most = destination.equals(WILDCARD) ? 6 : 9;
        int named = source.name().equals(WILDCARD) ? most - 1 : most;
        return source.isOfAnyPeer() ? named - 1 : named;
    }

    static Optional<String> fault(ServiceIntentionsEntry entry) {
        return when(entry.name().isEmpty(), "Name is required")
                .or(() -> partialWildcard(entry.name()))
                .or(() -> EntryMeta.fault(entry.meta()))
                .or(() -> when(entry.sources().isEmpty(), "At least one source is required"))
                .or(() -> firstOf(
                        entry.sources().size(), i -> faultOf(entry, i).map(fault -> "Sources[" + i + "]" + fault)));
    }

    private static Optional<String> partialWildcard(String name) {
        return when(
                name.contains(WILDCARD) && !name.equals(WILDCARD),
                "Name: wildcard character '*' cannot be used with partial values");
    }

    private static Optional<String> faultOf(ServiceIntentionsEntry entry, int index) {
        Source source = entry.sources().get(index);
        return first(List.of(
                () -> when(source.name().isEmpty(), ".Name is required"),
                () -> partialWildcard(source.name()).map(fault -> "." + fault),
                () -> when(source.partition().contains(WILDCARD), ".Partition: cannot use wildcard '*' in partition"),
                () -> when(
                        source.peer().contains(WILDCARD) && !source.isOfAnyPeer(),
                        ".Peer: cannot use wildcard '*' in peer"),
                () -> when(
                        !source.peer().isEmpty() && !source.partition().isEmpty(),
                        ".Peer: cannot set Peer and Partition at the same time."),
                () -> when(isTooLong(source.description()), ".Description exceeds maximum length " + MAX_DESCRIPTION),
                () -> when(!source.legacyMeta().equals(Map.of()), ".LegacyMeta must be omitted"),
                () -> faultOfAction(entry, source),
                () -> when(!source.type().equals(CONSUL), ".Type must be set to 'consul'"),
                () -> HttpPermissionRules.fault(source.permissions()),
                () -> when(isRepeated(entry.sources(), index), " defines " + shown(source) + " more than once")));
    }

    private static boolean isTooLong(String description) {
        return description.getBytes(StandardCharsets.UTF_8).length > MAX_DESCRIPTION;
    }

    private static Optional<String> faultOfAction(ServiceIntentionsEntry entry, Source source) {
        if (source.permissions().isEmpty()) {
            return HttpPermissionRules.faultOfAction(source.action());
        }
        return when(!source.action().isEmpty(), ".Action must be omitted if Permissions are specified")
                .or(() -> when(
                        entry.name().equals(WILDCARD),
                        ".Permissions cannot be specified on intentions with wildcarded destinations"));
    }

    private static boolean isRepeated(List<Source> sources, int index) {
        Source source = sources.get(index);
        return sources.subList(0, index).stream()
                .anyMatch(earlier -> earlier.name().equals(source.name())
                        && earlier.peer().equals(source.peer())
                        && earlier.partition().equals(source.partition()));
    }

    private static String shown(Source source) {
        String name = "\"" + source.name() + "\"";
        return source.peer().isEmpty() ? name : "peer(\"" + source.peer() + "\") " + name;
    }
}
