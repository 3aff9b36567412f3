package dev.entente.engine.agent;

import dev.entente.domain.catalog.AddressFamilies;
import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.MetaRules;
import dev.entente.domain.catalog.Proxy;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.catalog.ServiceRules;
import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.Refusal;
import dev.entente.engine.agent.AgentCommands.CheckSpec;
import dev.entente.engine.agent.AgentCommands.RegisterService;
import dev.entente.engine.agent.AgentCommands.SidecarSpec;
import dev.entente.engine.port.DefinitionMemory.Ids;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A service registration that was found good, with what follows from it filled in (protocol chapter 6.8.1). The order of the
 * checks is Consul's, because it tells which text a caller reads.
 *
 * @param sidecar without a port where the agent is to give one
 */
record AgentRegistration(
        Service service,
        List<CheckSpec> checks,
        Optional<Service> sidecar,
        List<CheckSpec> sidecarChecks,
        boolean replaceExistingChecks) {

    static Outcome<AgentRegistration> of(RegisterService command) {
        Service service = withDefaults(command.service());
        Optional<Service> sidecar =
                command.sidecar().map(spec -> SidecarDefaults.completed(withUpstreamTypes(spec.service()), service));
        return serviceComplaint(service, command.sidecar())
                .or(() -> AgentChecks.complaint(command.checks(), "Invalid check"))
                .or(() -> AgentChecks.complaint(sidecarChecks(command), "Invalid check in sidecar_service"))
                .or(() -> command.sidecar().flatMap(AgentRegistration::sidecarMetaComplaint))
                .or(() -> sidecar.flatMap(ServiceRules::sidecarComplaints)
                        .map(text -> Refusal.badRequest("Failed Validation: " + text)))
                .or(() -> cannotBeAdded(service, command.checks()))
                .or(() -> sidecar.flatMap(given -> cannotBeAdded(given, sidecarChecks(command))))
                .map(Outcome::<AgentRegistration>refused)
                .orElseGet(() -> Outcome.accepted(new AgentRegistration(
                        AddressFamilies.filled(service),
                        command.checks(),
                        sidecar,
                        sidecarChecks(command),
                        command.replaceExistingChecks())));
    }

    boolean needsSidecarPort() {
        return sidecar.filter(given -> given.port() < 1).isPresent();
    }

    /** The checks of the completed sidecar: those that were given, or the usual two. */
    List<Check> checksOf(Service completedSidecar, String node) {
        List<CheckSpec> specs =
                sidecarChecks.isEmpty() ? SidecarDefaults.checks(completedSidecar, service.id()) : sidecarChecks;
        return AgentChecks.ofService(specs, completedSidecar, node);
    }

    /** What is registered, by its ids. */
    Ids ids(String node) {
        Set<String> services = new HashSet<>(Set.of(service.id()));
        List<Check> all = new ArrayList<>(AgentChecks.ofService(checks, service, node));
        sidecar.ifPresent(given -> {
            services.add(given.id());
            all.addAll(checksOf(given, node));
        });
        return new Ids(services, all.stream().map(Check::id).collect(Collectors.toSet()));
    }

    private static List<CheckSpec> sidecarChecks(RegisterService command) {
        return command.sidecar().map(SidecarSpec::checks).orElse(List.of());
    }

    private static Service withDefaults(Service given) {
        Service typed = withUpstreamTypes(given);
        return typed.id().isEmpty() ? typed.withId(typed.name()) : typed;
    }

    private static Service withUpstreamTypes(Service given) {
        Proxy proxy = given.proxy();
        List<Proxy.Upstream> typed = proxy.upstreams().stream()
                .map(upstream ->
                        upstream.destinationType().isEmpty() ? upstream.withDestinationType("service") : upstream)
                .toList();
        return given.withMesh(proxy.withUpstreams(typed), given.connect());
    }

    private static Optional<Refusal> serviceComplaint(Service service, Optional<SidecarSpec> sidecar) {
        if (service.name().isEmpty()) {
            return Optional.of(Refusal.badRequest("Missing service name"));
        }
        if (ServiceRules.isAnyAddress(service.address())) {
            return Optional.of(Refusal.badRequest("Invalid service address"));
        }
        return ServiceRules.weightsComplaint(service.weights())
                .map(reason -> "Invalid Weights: " + reason)
                .or(() -> MetaRules.serviceComplaint(service.kind(), service.meta())
                        .map(reason -> "Invalid Service Meta: " + reason))
                .or(() -> ServiceRules.complaints(service, sidecarKind(sidecar))
                        .map(reason -> "Validation failed: " + reason))
                .map(Refusal::badRequest);
    }

    private static ServiceRules.Sidecar sidecarKind(Optional<SidecarSpec> sidecar) {
        if (sidecar.isEmpty()) {
            return ServiceRules.Sidecar.NONE;
        }
        if (!sidecar.get().service().id().isEmpty()) {
            return ServiceRules.Sidecar.WITH_ID;
        }
        return sidecar.get().nested() ? ServiceRules.Sidecar.NESTED : ServiceRules.Sidecar.PLAIN;
    }

    private static Optional<Refusal> sidecarMetaComplaint(SidecarSpec spec) {
        return MetaRules.serviceComplaint(spec.service().kind(), spec.service().meta())
                .map(reason -> Refusal.badRequest("Invalid SidecarService: " + reason));
    }

    private static Optional<Refusal> cannotBeAdded(Service service, List<CheckSpec> checks) {
        return AddressFamilies.complaint(service).map(Refusal::invalid).or(() -> AgentChecks.notRunHere(checks));
    }
}
