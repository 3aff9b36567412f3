package dev.entente.domain.gateway;

import dev.entente.domain.catalog.ServiceSummary;
import java.util.List;

/**
 * A service behind a gateway, summed up.
 *
 * @param addresses where an ingress gateway serves it: host and port
 */
public record BoundService(ServiceSummary summary, List<String> addresses) {
    public BoundService {
        addresses = List.copyOf(addresses);
    }
}
