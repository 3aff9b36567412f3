package dev.entente.domain.catalog;

import java.util.List;

/** A service instance with its node and the checks that count for it: those of the node by id, then its own by id. */
public record Instance(Indexed<Node> node, Indexed<Service> service, List<Indexed<Check>> checks) {
    public Instance {
        checks = List.copyOf(checks);
    }
}
