package dev.entente.engine.agent;

import dev.entente.domain.catalog.AddressFamilies;
import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.identity.Outcome;
import dev.entente.engine.port.CatalogStore.Rows;
import dev.entente.engine.port.CatalogStore.Writes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Decides what a command of an agent's client writes to the rows of the agent's own node.
 *
 * @param newest the newest report of a check, which may be younger than its row
 * @param isTold whether a check was registered with the agent, not by somebody else in the catalog
 * @param kept the form of a service in the catalog: with what config entries say of it
 */
record OwnRows(
        AgentSettings settings,
        Rows rows,
        Function<String, Optional<Check>> newest,
        Predicate<String> isTold,
        UnaryOperator<Service> kept) {

    Outcome<Writes> add(AgentRegistration registration) {
        return sidecar(registration).map(sidecar -> writes(registration, sidecar));
    }

    /** Adds one check; the node comes along when this partition does not have it yet. */
    Writes add(Check check) {
        return withNode(List.of(), List.of(check), Set.of());
    }

    /** Removes a service and the sidecar that came with it. */
    Writes removeService(String serviceId) {
        Set<String> gone = rows.services().values().stream()
                .filter(row ->
                        row.value().id().equals(serviceId) || SidecarDefaults.isSidecarOf(row.value(), serviceId))
                .map(row -> row.value().id())
                .collect(Collectors.toSet());
        return removal(gone, Set.of());
    }

    Writes removeCheck(String checkId) {
        return removal(Set.of(), rows.checks().containsKey(checkId) ? Set.of(checkId) : Set.of());
    }

    /** Puts what entries say now under the services; nothing where they have it. */
    Writes followEntries() {
        List<Service> changed = rows.services().values().stream()
                .map(row -> row.value())
                .filter(service -> !kept.apply(service).equals(service))
                .map(service -> kept.apply(service).registered())
                .toList();
        return new Writes(Optional.empty(), changed, List.of(), Set.of(), Set.of(), false);
    }

    private static Writes removal(Set<String> services, Set<String> checks) {
        return new Writes(Optional.empty(), List.of(), List.of(), services, checks, false);
    }

    private Outcome<Optional<Service>> sidecar(AgentRegistration registration) {
        if (registration.sidecar().isEmpty()) {
            return Outcome.accepted(Optional.empty());
        }
        List<Service> onNode = new ArrayList<>();
        onNode.add(registration.service());
        rows.services().values().stream()
                .map(row -> row.value())
                .filter(held -> !held.id().equals(registration.service().id()))
                .forEach(onNode::add);
        return SidecarDefaults.withPort(registration.sidecar().get(), onNode, settings)
                .map(AddressFamilies::filled)
                .map(Optional::of);
    }

    private Writes writes(AgentRegistration registration, Optional<Service> sidecar) {
        List<Service> services = new ArrayList<>(List.of(registration.service()));
        List<Check> checks = new ArrayList<>(
                AgentChecks.ofService(registration.checks(), registration.service(), settings.nodeName()));
        sidecar.ifPresent(given -> {
            services.add(given);
            checks.addAll(registration.checksOf(given, settings.nodeName()));
        });
        Set<String> replaced = registration.replaceExistingChecks() ? othersOf(services, checks) : Set.of();
        return withNode(services, checks, replaced);
    }

    private Set<String> othersOf(Collection<Service> services, Collection<Check> kept) {
        Set<String> serviceIds = services.stream().map(Service::id).collect(Collectors.toSet());
        Set<String> others = rows.checks().values().stream()
                .map(row -> row.value())
                .filter(check -> serviceIds.contains(check.serviceId()))
                .map(Check::id)
                .collect(Collectors.toCollection(HashSet::new));
        kept.forEach(check -> others.remove(check.id()));
        return others;
    }

    private Writes withNode(List<Service> services, List<Check> checks, Set<String> removedChecks) {
        List<Check> written = new ArrayList<>();
        Optional<Node> node = Optional.empty();
        if (rows.node().isEmpty()) {
            node = Optional.of(OwnNode.node(settings));
            written.add(OwnNode.serfHealth(settings.nodeName(), Check.PASSING, OwnNode.ALIVE));
        }
        checks.stream().flatMap(check -> changed(check).stream()).forEach(written::add);
        return new Writes(node, services.stream().map(kept).toList(), written, Set.of(), removedChecks, false);
    }

    /** A check that is registered again keeps what it last reported; one that is not changed otherwise is left alone. */
    private Optional<Check> changed(Check check) {
        var row = rows.checks().get(check.id());
        if (row == null) {
            return Optional.of(check);
        }
        if (check.isSameExceptReport(row.value()) && isTold.test(check.id())) {
            return Optional.empty();
        }
        Check last = newest.apply(check.id()).orElse(row.value());
        return Optional.of(check.withReport(last.status(), last.output()));
    }
}
