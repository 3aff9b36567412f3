package dev.entente.engine.view;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Service;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is known of one local node; the node itself may come after its services. Belongs to {@link LocalCatalog} alone. */
final class NodeRows {
    @Nullable
    Indexed<Node> node;
    /** The position of the last change of the node or a service on it. */
    long servicesIndex;
    /** The position of the last change of a check on the node. */
    long checksIndex;

    final NavigableMap<String, Indexed<Service>> services = new TreeMap<>(Topic.BY_NAME);
    final NavigableMap<String, Indexed<Check>> nodeChecks = new TreeMap<>(Topic.BY_NAME);
    final Map<String, NavigableMap<String, Indexed<Check>>> serviceChecks = new HashMap<>();
    final Map<String, String> serviceOfCheck = new HashMap<>();

    /** Something on it may have gone at this position. */
    void notBefore(long position) {
        servicesIndex = Math.max(servicesIndex, position);
        checksIndex = Math.max(checksIndex, position);
    }

    NavigableMap<String, Indexed<Check>> checksOf(String serviceId) {
        return serviceId.isEmpty()
                ? nodeChecks
                : serviceChecks.computeIfAbsent(serviceId, key -> new TreeMap<>(Topic.BY_NAME));
    }

    @Nullable
    Indexed<Check> check(String id) {
        String serviceId = serviceOfCheck.get(id);
        return serviceId == null ? null : checksOf(serviceId).get(id);
    }

    @Nullable
    Indexed<Check> removeCheck(String id) {
        String serviceId = serviceOfCheck.remove(id);
        if (serviceId == null) {
            return null;
        }
        NavigableMap<String, Indexed<Check>> checks = checksOf(serviceId);
        Indexed<Check> removed = checks.remove(id);
        if (checks.isEmpty() && !serviceId.isEmpty()) {
            serviceChecks.remove(serviceId);
        }
        return removed;
    }

    void putCheck(Indexed<Check> check) {
        removeCheck(check.value().id());
        serviceOfCheck.put(check.value().id(), check.value().serviceId());
        checksOf(check.value().serviceId()).put(check.value().id(), check);
    }

    Optional<NodeContents> contents() {
        Indexed<Node> known = node;
        if (known == null) {
            return Optional.empty();
        }
        NavigableMap<String, Indexed<Check>> checks = new TreeMap<>(nodeChecks);
        serviceChecks.values().forEach(checks::putAll);
        return Optional.of(new NodeContents(known, List.copyOf(services.values()), List.copyOf(checks.values())));
    }

    Optional<NodeContents> withoutChecks() {
        Indexed<Node> known = node;
        return known == null
                ? Optional.empty()
                : Optional.of(new NodeContents(known, List.copyOf(services.values()), List.of()));
    }

    boolean isEmpty() {
        return node == null && services.isEmpty() && serviceOfCheck.isEmpty();
    }
}
