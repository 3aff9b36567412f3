package dev.entente.rest;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.chain.CentralConfig;
import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.agent.Told;
import dev.entente.engine.config.ViewEntries;
import dev.entente.engine.view.NodeContents;
import dev.entente.engine.view.PartitionView;
import dev.entente.rest.json.AgentHealthJson.ServiceHealth;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The services and checks of this replica's node that clients registered; its own are left out, as Consul does. */
record OwnNode(List<Service> services, List<Check> checks) {
    /** From good to bad; maintenance outdoes all. */
    private static final List<String> SEVERITY =
            List.of(Check.PASSING, Check.WARNING, Check.CRITICAL, Check.MAINTENANCE);

    /** As the agent was told; while that is not known, as the catalog has it. */
    static OwnNode of(PartitionView view, String nodeName, Told told, PartitionName partition) {
        CentralConfig central = new CentralConfig(new ViewEntries(view));
        return told.services(partition)
                .map(services -> new OwnNode(
                        services.stream().map(central::kept).toList(),
                        told.checks(partition).orElse(List.of())))
                .orElseGet(() -> shown(view, nodeName, central));
    }

    private static OwnNode shown(PartitionView view, String nodeName, CentralConfig central) {
        return view.node(null, nodeName)
                .value()
                .map(contents -> of(contents, central))
                .orElse(new OwnNode(List.of(), List.of()));
    }

    /** An agent shows its proxies with what entries say of them. */
    private static OwnNode of(NodeContents contents, CentralConfig central) {
        List<Service> services = contents.services().stream()
                .map(Indexed::value)
                .filter(service -> !service.id().equals(Members.SERVER_SERVICE))
                .map(central::kept)
                .toList();
        List<Check> checks = contents.checks().stream()
                .map(Indexed::value)
                .filter(check -> !check.id().equals(Check.SERF_HEALTH))
                .toList();
        return new OwnNode(services, checks);
    }

    Optional<Service> service(String id) {
        return services.stream().filter(service -> service.id().equals(id)).findFirst();
    }

    List<Service> servicesNamed(String name) {
        return services.stream().filter(service -> service.name().equals(name)).toList();
    }

    /** A service with its own checks and then those of the node, and the worst status among them. */
    ServiceHealth healthOf(Service service) {
        List<Check> relevant = Stream.concat(
                        checks.stream().filter(check -> check.serviceId().equals(service.id())),
                        checks.stream().filter(Check::isNodeCheck))
                .toList();
        String status = relevant.stream().map(OwnNode::severityOf).reduce(Check.PASSING, OwnNode::worse);
        return new ServiceHealth(status, service, relevant);
    }

    private static String severityOf(Check check) {
        boolean isMaintenance =
                check.id().equals(Check.NODE_MAINTENANCE) || check.id().startsWith(Check.SERVICE_MAINTENANCE_PREFIX);
        return isMaintenance ? Check.MAINTENANCE : check.status();
    }

    /** The worst of several; critical when there are none. */
    static String worst(List<ServiceHealth> healths) {
        return healths.stream()
                .map(ServiceHealth::status)
                .reduce(OwnNode::worse)
                .orElse(Check.CRITICAL);
    }

    private static String worse(String one, String other) {
        return SEVERITY.indexOf(one) >= SEVERITY.indexOf(other) ? one : other;
    }
}
