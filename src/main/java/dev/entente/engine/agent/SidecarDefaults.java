package dev.entente.engine.agent;

import dev.entente.domain.catalog.CheckDefinition;
import dev.entente.domain.catalog.Proxy;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.catalog.ServiceRules;
import dev.entente.domain.catalog.Weights;
import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.Refusal;
import dev.entente.engine.agent.AgentCommands.CheckSpec;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a nested sidecar definition inherits from its service, and what it gets from the agent (protocol chapter 6.8.1). */
final class SidecarDefaults {
    private static final Duration LISTEN_INTERVAL = Duration.ofSeconds(10);

    private SidecarDefaults() {}

    static String idOf(String serviceId) {
        return serviceId + Service.SIDECAR_SUFFIX;
    }

    /** Whether the service was made as the sidecar of the other, so that it goes with it. */
    static boolean isSidecarOf(Service sidecar, String serviceId) {
        return sidecar.id().equals(idOf(serviceId))
                && sidecar.kind().equals(Service.CONNECT_PROXY)
                && sidecar.proxy().destinationServiceId().equals(serviceId);
    }

    /** The sidecar with all that follows from its service; its port may still be 0. */
    static Service completed(Service given, Service of) {
        return new Service(
                given.kind().isEmpty() ? Service.CONNECT_PROXY : given.kind(),
                idOf(of.id()),
                given.name().isEmpty() ? of.name() + Service.SIDECAR_SUFFIX : given.name(),
                given.tags().isEmpty() ? of.tags() : given.tags(),
                given.address().isEmpty() ? of.address() : given.address(),
                given.taggedAddresses(),
                given.meta().isEmpty() ? of.meta() : given.meta(),
                given.port(),
                given.socketPath(),
                ServiceRules.weightsComplaint(given.weights()).isPresent() ? Weights.DEFAULT : given.weights(),
                given.enableTagOverride(),
                proxy(given.proxy(), of),
                given.connect());
    }

    private static Proxy proxy(Proxy given, Service of) {
        boolean addressGiven = !given.localServiceSocketPath().isEmpty()
                || (!given.localServiceAddress().isEmpty() && given.localServicePort() >= 1);
        boolean bySocket = !addressGiven && !of.socketPath().isEmpty();
        boolean byPort = !addressGiven && !bySocket;
        return new Proxy(
                given.destinationServiceName().isEmpty() ? of.name() : given.destinationServiceName(),
                given.destinationServiceId().isEmpty() ? of.id() : given.destinationServiceId(),
                byPort && given.localServiceAddress().isEmpty() ? "127.0.0.1" : given.localServiceAddress(),
                byPort && given.localServicePort() < 1 ? of.port() : given.localServicePort(),
                bySocket ? of.socketPath() : given.localServiceSocketPath(),
                given.mode(),
                given.config(),
                given.upstreams(),
                given.meshGatewayMode(),
                given.expose(),
                given.transparentProxy());
    }

    /** The port that the sidecar has, had, or gets: the lowest free one of the range. */
    static Outcome<Service> withPort(Service sidecar, Collection<Service> onNode, AgentSettings settings) {
        if (sidecar.port() >= 1) {
            return Outcome.accepted(sidecar);
        }
        Map<Boolean, List<Service>> inRange = onNode.stream()
                .filter(service ->
                        service.port() >= settings.sidecarMinPort() && service.port() <= settings.sidecarMaxPort())
                .collect(Collectors.partitioningBy(service -> service.id().equals(sidecar.id())));
        List<Service> before = inRange.getOrDefault(true, List.of());
        if (!before.isEmpty()) {
            return Outcome.accepted(sidecar.withPort(before.get(0).port()));
        }
        Set<Integer> used = inRange.getOrDefault(false, List.of()).stream()
                .map(Service::port)
                .collect(Collectors.toSet());
        return IntStream.rangeClosed(settings.sidecarMinPort(), settings.sidecarMaxPort())
                .filter(port -> !used.contains(port))
                .mapToObj(sidecar::withPort)
                .findFirst()
                .map(Outcome::accepted)
                .orElseGet(() -> Outcome.refused(noPortLeft(settings)));
    }

    private static Refusal noPortLeft(AgentSettings settings) {
        return Refusal.invalid("no port provided for sidecar_service and none left in the configured range ["
                + settings.sidecarMinPort() + ", " + settings.sidecarMaxPort() + "]");
    }

    /** The checks of a sidecar that names none: does it listen, and how is its service. */
    static List<CheckSpec> checks(Service sidecar, String serviceId) {
        String host = sidecar.address().isEmpty() ? sidecar.proxy().localServiceAddress() : sidecar.address();
        String target = (host.contains(":") ? "[" + host + "]" : host) + ":" + sidecar.port();
        return List.of(
                spec("Connect Sidecar Listening", CheckDefinition.NONE.withTcp(target, LISTEN_INTERVAL)),
                spec("Connect Sidecar Aliasing " + serviceId, CheckDefinition.NONE.withAliasService(serviceId)));
    }

    private static CheckSpec spec(String name, CheckDefinition definition) {
        return new CheckSpec("", name, "", "", "", definition);
    }
}
