package dev.entente.sim;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.config.ExportedServicesEntry;
import dev.entente.domain.config.ExportedServicesEntry.ExportedService;
import dev.entente.engine.port.CaRoots;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.ServiceRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Everything that a cluster ever had and ever exported. */
final class History {
    static final Set<String> STATUSES = Set.of(Check.PASSING, Check.WARNING, Check.CRITICAL);

    private final Set<Node> nodes = new HashSet<>();
    private final Set<ServiceRecord> services = new HashSet<>();
    private final Set<String> names = new HashSet<>();
    private final Map<String, Set<String>> exported = new HashMap<>();
    private final Set<List<String>> roots = new HashSet<>();

    void note(List<Change> changes) {
        for (Change change : changes) {
            if (change.value() instanceof Node node) {
                nodes.add(node);
            } else if (change.value() instanceof ServiceRecord record) {
                services.add(record);
                names.add(record.service().name());
            } else if (change.value() instanceof ExportedServicesEntry entry) {
                entry.services().forEach(this::note);
            } else if (change.value() instanceof CaRoots held) {
                roots.add(held.roots().stream().map(root -> root.rootCert()).toList());
            }
        }
    }

    private void note(ExportedService service) {
        service.consumers()
                .forEach(consumer -> exported.computeIfAbsent(consumer.peer(), peer -> new HashSet<>())
                        .add(service.name()));
    }

    boolean had(Node node) {
        return nodes.contains(node);
    }

    boolean had(Node node, Service service) {
        return services.contains(new ServiceRecord(node.name(), service));
    }

    boolean hadRoots(List<String> pems) {
        return roots.contains(pems);
    }

    boolean wasExported(String peer, String name) {
        Set<String> ofPeer = exported.getOrDefault(peer, Set.of());
        return ofPeer.contains(name) || (ofPeer.contains("*") && names.contains(name));
    }
}
