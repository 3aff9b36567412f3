package dev.entente.domain.catalog;

import java.util.Map;
import java.util.Optional;

/**
 * What the catalog holds of one node, as far as a decision needs it.
 *
 * @param services by id
 * @param checks by id
 * @param nodeNameOfId the name of the node that has the id in question
 */
public record Held(
        Optional<Node> node, Map<String, Service> services, Map<String, Check> checks, Optional<String> nodeNameOfId) {
    public static final Held NOTHING = new Held(Optional.empty(), Map.of(), Map.of(), Optional.empty());

    public Held {
        services = Map.copyOf(services);
        checks = Map.copyOf(checks);
    }
}
