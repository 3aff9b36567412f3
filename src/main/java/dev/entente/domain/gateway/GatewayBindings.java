package dev.entente.domain.gateway;

import dev.entente.domain.catalog.ServiceSummary;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How many services the gateways of a partition lead to, and which gateways lead to a service (protocol chapter 6.10).
 *
 * @param counts how many services each gateway leads to, by its name
 * @param gateways those that lead to a service, by its name
 */
public record GatewayBindings(Map<String, Integer> counts, Map<String, Set<String>> gateways) {
    public static final GatewayBindings NONE = new GatewayBindings(Map.of(), Map.of());

    public GatewayBindings {
        counts = Map.copyOf(counts);
        gateways = Map.copyOf(gateways);
    }

    /** What all gateways together lead to. */
    public static GatewayBindings of(Collection<GatewayService> services) {
        Map<String, Integer> counts = new HashMap<>();
        Map<String, Set<String>> gateways = new HashMap<>();
        for (GatewayService bound : services) {
            counts.merge(bound.gateway(), 1, Integer::sum);
            gateways.computeIfAbsent(bound.service(), name -> new HashSet<>()).add(bound.gateway());
        }
        return new GatewayBindings(counts, gateways);
    }

    /** What a local gateway leads to, each port counted for itself; a peer's are not known. */
    public int servicesOf(ServiceSummary gateway) {
        return gateway.peer().isEmpty() ? counts.getOrDefault(gateway.name(), 0) : 0;
    }

    /**
     * Whether a gateway that has instances leads to a service that has some too.
     *
     * @param present the names of local services that have instances
     */
    public boolean isConnected(ServiceSummary service, Set<String> present) {
        return service.peer().isEmpty()
                && !service.nodes().isEmpty()
                && gateways.getOrDefault(service.name(), Set.of()).stream().anyMatch(present::contains);
    }
}
