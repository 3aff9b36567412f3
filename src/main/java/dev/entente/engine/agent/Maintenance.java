package dev.entente.engine.agent;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.CheckDefinition;
import dev.entente.domain.catalog.Service;
import java.util.List;

/** The checks by which a node or a service is taken out of use (protocol chapter 6.8). */
final class Maintenance {
    private Maintenance() {}

    static String idOf(Service service) {
        return Check.SERVICE_MAINTENANCE_PREFIX + service.id();
    }

    static Check ofNode(String node, String reason) {
        return check(node, Check.NODE_MAINTENANCE, "Node Maintenance Mode", notes(reason, "node"));
    }

    static Check ofService(String node, Service service, String reason) {
        return check(node, idOf(service), "Service Maintenance Mode", notes(reason, "service"))
                .ofService(service);
    }

    private static String notes(String reason, String what) {
        return reason.isEmpty()
                ? "Maintenance mode is enabled for this " + what
                        + ", but no reason was provided. This is a default message."
                : reason;
    }

    private static Check check(String node, String id, String name, String notes) {
        return new Check(
                node,
                id,
                name,
                Check.CRITICAL,
                notes,
                "",
                "",
                "",
                List.of(),
                Check.MAINTENANCE,
                "",
                "",
                0,
                CheckDefinition.NONE);
    }
}
