package dev.entente.engine.agent;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.catalog.VirtualAddresses;
import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.CatalogStore.Writes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where the catalog says something else of this node than what the agent was told, and what is to be written about it (protocol chapter
 * 6.8). A service that lets its tags be overridden keeps those of the catalog, and the agent learns them.
 *
 * @param kept the form of a service in the catalog: with what config entries say of it
 */
record Drift(AgentSettings settings, Told told, PartitionName partition, UnaryOperator<Service> kept) {

    /** The rows of this node, all of them or some. */
    record Held(Optional<Node> node, Map<String, Service> services, Map<String, Check> checks) {
        static final Held NOTHING = new Held(Optional.empty(), Map.of(), Map.of());

        static Held of(
                Optional<Indexed<Node>> node,
                Collection<Indexed<Service>> services,
                Collection<Indexed<Check>> checks) {
            return new Held(
                    node.map(Indexed::value),
                    services.stream().map(Indexed::value).collect(Collectors.toMap(Service::id, each -> each)),
                    checks.stream().map(Indexed::value).collect(Collectors.toMap(Check::id, each -> each)));
        }
    }

    /** Ids of services and checks that differ; a difference of the node itself counts, too. */
    record Ids(Set<String> services, Set<String> checks, boolean node) {
        boolean isNone() {
            return services.isEmpty() && checks.isEmpty() && !node;
        }
    }

    /** Compares with all rows of the node. */
    Ids from(Held held) {
        List<Service> services = told.services(partition).orElse(List.of());
        List<Check> checks = told.checks(partition).orElse(List.of());
        Set<String> otherServices = foreign(held.services().keySet(), ids(services, Service::id));
        otherServices.remove(OwnNode.CONSUL_SERVICE);
        services.stream()
                .filter(service -> differs(service, held))
                .map(Service::id)
                .forEach(otherServices::add);
        Set<String> otherChecks = foreign(held.checks().keySet(), ids(checks, Check::id));
        otherChecks.remove(Check.SERF_HEALTH);
        checks.stream()
                .filter(check -> differs(check, held.checks().get(check.id())))
                .map(Check::id)
                .forEach(otherChecks::add);
        boolean isHere = partition.isDefault() || !services.isEmpty() || !checks.isEmpty();
        return new Ids(otherServices, otherChecks, isHere && nodeDiffers(held));
    }

    /** What brings these rows to what the agent was told, which learns the tags of those that let them be overridden. */
    Writes mend(Ids ids, Held held) {
        List<Service> services = new ArrayList<>();
        Set<String> goneServices = new HashSet<>();
        for (String id : ids.services()) {
            told.service(partition, id)
                    .map(service -> withTagsOf(held, service))
                    .ifPresentOrElse(
                            service -> {
                                told.learn(partition, service);
                                services.add(kept.apply(service));
                            },
                            () -> goneServices.add(id));
        }
        List<Check> checks = new ArrayList<>();
        Set<String> goneChecks = new HashSet<>();
        for (String id : ids.checks()) {
            told.check(partition, id).ifPresentOrElse(checks::add, () -> goneChecks.add(id));
        }
        if (!held.checks().containsKey(Check.SERF_HEALTH)) {
            checks.add(OwnNode.serfHealth(settings.nodeName(), Check.PASSING, OwnNode.ALIVE));
        }
        goneServices.retainAll(held.services().keySet());
        goneChecks.retainAll(held.checks().keySet());
        Optional<Node> node = nodeDiffers(held) ? Optional.of(OwnNode.node(settings)) : Optional.empty();
        return new Writes(node, services, checks, goneServices, goneChecks, false);
    }

    private boolean nodeDiffers(Held held) {
        return !held.node().equals(Optional.of(OwnNode.node(settings)))
                || !held.checks().containsKey(Check.SERF_HEALTH);
    }

    private boolean differs(Service service, Held held) {
        Service row = held.services().get(service.id());
        return row == null
                || !asTold(kept.apply(withTagsOf(held, service))).equals(asTold(row))
                || !row.tags().equals(service.tags());
    }

    /** Outputs come to the catalog at a pace of their own ({@link OutputPace}). */
    private static boolean differs(Check check, @Nullable Check row) {
        return row == null || !check.withReport(check.status(), row.output()).equals(row);
    }

    /** Nobody tells an agent the addresses inside the mesh. */
    private static Service asTold(Service service) {
        return VirtualAddresses.asRegistered(service);
    }

    private static Service withTagsOf(Held held, Service service) {
        Service row = held.services().get(service.id());
        return service.enableTagOverride() && row != null ? service.withTags(row.tags()) : service;
    }

    private static Set<String> foreign(Set<String> held, Set<String> known) {
        Set<String> foreign = new HashSet<>(held);
        foreign.removeAll(known);
        return foreign;
    }

    private static <T> Set<String> ids(List<T> items, Function<T, String> id) {
        return items.stream().map(id).collect(Collectors.toSet());
    }
}
