package dev.entente.engine.view;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Service;
import java.util.List;

/** A node with its services by id and its checks by id. */
public record NodeContents(Indexed<Node> node, List<Indexed<Service>> services, List<Indexed<Check>> checks) {
    public NodeContents {
        services = List.copyOf(services);
        checks = List.copyOf(checks);
    }

    /** With only some of the services. */
    public NodeContents withServices(List<Indexed<Service>> some) {
        return new NodeContents(node, some, checks);
    }
}
