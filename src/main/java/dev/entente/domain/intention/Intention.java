package dev.entente.domain.intention;

import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.config.ServiceIntentionsEntry;
import dev.entente.domain.config.ServiceIntentionsEntry.Source;
import dev.entente.domain.identity.PartitionName;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One rule about one source and one destination, as clients see it (protocol chapter 6.7): a source of a service-intentions entry
 * together with what it has from the entry.
 *
 * @param partition where the destination is; a source without a peer is there too
 * @param destination a service, or {@code *}
 * @param meta of the entry, or of the source where that has an id
 */
public record Intention(
        PartitionName partition,
        Source source,
        String destination,
        Map<String, String> meta,
        long createIndex,
        long modifyIndex) {
    static final String WILDCARD = "*";

    private static final String NAMESPACE = "default/";

    /**
     * The order in which rules are tried and shown: by precedence, then by names, those without a peer first and those about every
     * peer last.
     */
    public static final Comparator<Intention> ORDER = Comparator.comparingInt(Intention::precedence)
            .reversed()
            .thenComparing((Intention intention) -> intention.source().isOfAnyPeer())
            .thenComparing(intention -> intention.source().peer())
            .thenComparing(intention -> intention.source().name())
            .thenComparing(Intention::destination);

    public Intention {
        meta = Map.copyOf(meta);
    }

    public int precedence() {
        return source.precedence();
    }

    /** Whether the rule looks at requests, so that it cannot be decided from names alone. */
    public boolean hasPermissions() {
        return !source.permissions().isEmpty();
    }

    /** Whether the rule names both sides. */
    public boolean isExact() {
        return !source.name().equals(WILDCARD) && !destination.equals(WILDCARD);
    }

    public boolean allows() {
        return source.action().equals("allow");
    }

    boolean isFrom(String service) {
        return source.name().equals(WILDCARD) || source.name().equals(service);
    }

    boolean isTo(String service) {
        return destination.equals(WILDCARD) || isFor(service);
    }

    /** Names of services are the same in whatever case, and a rule must not be evaded by another spelling. */
    boolean isFor(String service) {
        return destination.equalsIgnoreCase(service);
    }

    boolean concerns(ServiceIdentity caller) {
        boolean isFromThere =
                source.isOfAnyPeer() ? !caller.peer().isEmpty() : source.peer().equals(caller.peer());
        return isFromThere && isFrom(caller.service());
    }

    /** The rule as the reason of a decision names it. */
    String described() {
        String local = partition.isDefault() ? "" : partition + "/";
        String from = source.peer().isEmpty() ? local : "peer(" + source.peer() + ")/";
        String detail = hasPermissions()
                ? "Permissions: " + source.permissions().size()
                : "Action: " + source.action().toUpperCase(Locale.ROOT);
        String id = source.legacyId().isEmpty() ? "" : "ID: " + source.legacyId() + ", ";
        return from + NAMESPACE + source.name() + " => " + local + NAMESPACE + destination + " (" + id + "Precedence: "
                + precedence() + ", " + detail + ")";
    }

    /** The rules of an entry. */
    static Stream<Intention> of(PartitionName partition, Indexed<ServiceIntentionsEntry> stored) {
        ServiceIntentionsEntry entry = stored.value();
        return entry.sources().stream()
                .map(source -> new Intention(
                        partition,
                        source,
                        entry.name(),
                        metaOf(entry, source),
                        stored.createIndex(),
                        stored.modifyIndex()));
    }

    /** A rule that was made through the deprecated endpoints has a meta of its own. */
    private static Map<String, String> metaOf(ServiceIntentionsEntry entry, Source source) {
        return source.legacyId().isEmpty() ? entry.meta() : source.legacyMeta();
    }
}
