package dev.entente.domain.gateway;

import dev.entente.domain.catalog.ServiceSummary;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** How many services the gateways of a partition lead to, and which gateways lead to a service (protocol chapter 6.10). */
public final class GatewayBindings {
    public static final GatewayBindings NONE = new GatewayBindings();

    private final Map<String, Integer> servicesOf = new HashMap<>();
    private final Map<String, Set<String>> gatewaysOf = new HashMap<>();

    private GatewayBindings() {}

    /** What all gateways together lead to. */
    public static GatewayBindings of(Collection<GatewayService> services) {
        GatewayBindings bindings = new GatewayBindings();
        for (GatewayService bound : services) {
            bindings.servicesOf.merge(bound.gateway(), 1, Integer::sum);
            bindings.gatewaysOf
                    .computeIfAbsent(bound.service(), name -> new HashSet<>())
                    .add(bound.gateway());
        }
        return bindings;
    }

    /** What a local gateway leads to, each port counted for itself; a peer's are not known. */
    public int servicesOf(ServiceSummary gateway) {
        return gateway.peer().isEmpty() ? servicesOf.getOrDefault(gateway.name(), 0) : 0;
    }

    /**
     * Whether a gateway that has instances leads to a service that has some too.
     *
     * @param present the names of local services that have instances
     */
    public boolean isConnected(ServiceSummary service, Set<String> present) {
        return service.peer().isEmpty()
                && !service.nodes().isEmpty()
                && gatewaysOf.getOrDefault(service.name(), Set.of()).stream().anyMatch(present::contains);
    }
}
