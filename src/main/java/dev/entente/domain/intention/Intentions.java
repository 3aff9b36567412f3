package dev.entente.domain.intention;

import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.config.ServiceIntentionsEntry;
import dev.entente.domain.identity.PartitionName;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The rules of a partition in {@link Intention#ORDER}; the first that fits a call decides it.
 *
 * <p>A rule about a peer's service never fits a local one of the same name, nor the other way round: who calls is told by the trust
 * domain of its identity. The snapshot compares only names where an agent is asked to authorise, and so lets one pass for the other.
 */
public record Intentions(List<Intention> all) {
    public Intentions {
        all = List.copyOf(all);
    }

    /** All rules of these entries. */
    public static Intentions of(PartitionName partition, Collection<Indexed<ServiceIntentionsEntry>> entries) {
        return new Intentions(entries.stream()
                .flatMap(entry -> Intention.of(partition, entry))
                .sorted(Intention.ORDER)
                .toList());
    }

    /** What may be said about calls by a service of this cluster, and by all services, of peers as well, as Consul shows it. */
    public List<Intention> bySource(String service) {
        return matching(intention -> intention.isFrom(service)
                && (intention.source().peer().isEmpty()
                        || intention.source().name().equals(Intention.WILDCARD)));
    }

    /** What may be said about calls to a service. */
    public List<Intention> byDestination(String service) {
        return matching(intention -> intention.isTo(service));
    }

    /** The rule that names exactly these; a wildcard is only matched by itself. */
    public Optional<Intention> exact(ServiceIdentity source, String destination) {
        return all.stream()
                .filter(intention -> intention.source().peer().equals(source.peer())
                        && intention.source().name().equals(source.service())
                        && intention.isFor(destination))
                .findFirst();
    }

    /** The rule that was made through the deprecated endpoints under this id. */
    public Optional<Intention> byId(String id) {
        return all.stream()
                .filter(intention ->
                        !id.isEmpty() && intention.source().legacyId().equals(id))
                .findFirst();
    }

    /**
     * Decides a call by names alone: a rule that would have to look at the request denies.
     *
     * @param defaultAllow what holds without a rule: true exactly when ACLs are off or allow by default
     */
    public Verdict check(ServiceIdentity caller, String destination, boolean defaultAllow) {
        return deciding(caller, destination)
                .map(Intentions::verdict)
                .orElseGet(() -> new Verdict(defaultAllow, "Default behavior configured by ACLs"));
    }

    /** The rule that decides a call. */
    public Optional<Intention> deciding(ServiceIdentity caller, String destination) {
        return all.stream()
                .filter(intention -> intention.isTo(destination) && intention.concerns(caller))
                .findFirst();
    }

    private static Verdict verdict(Intention intention) {
        if (intention.hasPermissions()) {
            return new Verdict(false, "Matched L7 intention: " + intention.described());
        }
        return new Verdict(
                intention.source().action().equals("allow"), "Matched L4 intention: " + intention.described());
    }

    private List<Intention> matching(Predicate<Intention> fits) {
        return all.stream().filter(fits).toList();
    }
}
