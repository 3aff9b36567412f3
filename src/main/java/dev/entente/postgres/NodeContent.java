package dev.entente.postgres;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Service;
import dev.entente.engine.port.CatalogStore.Rows;
import dev.entente.engine.port.CatalogStore.Selection;
import dev.entente.engine.port.CatalogStore.Writes;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.Keys;
import dev.entente.engine.port.RecordKind;
import dev.entente.engine.port.ServiceRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The loaded rows of one node, changed by one decision after the other and written once at the end. Used by one pipeline.
 */
final class NodeContent {
    private final String nodeName;
    private final NodeReach reach;
    private final CarriedAddresses addresses;
    private final Touched<Node> nodes = new Touched<>();
    private final Touched<Service> services = new Touched<>();
    private final Touched<Check> checks = new Touched<>();
    /** Other nodes by the ids that were asked for. */
    private final Map<String, String> otherNodesById = new HashMap<>();

    private final NodeReach.Missing missing = new NodeReach.Missing(new TreeSet<>(), new TreeSet<>(), false);
    private boolean wholeMissing;

    NodeContent(String nodeName, NodeReach reach, CarriedAddresses addresses) {
        this.nodeName = nodeName;
        this.reach = reach;
        this.addresses = addresses;
    }

    Touched<Node> nodes() {
        return nodes;
    }

    Touched<Service> services() {
        return services;
    }

    Touched<Check> checks() {
        return checks;
    }

    void otherNode(String id, String name) {
        otherNodesById.merge(id, name, (a, b) -> a.compareTo(b) <= 0 ? a : b);
    }

    /** What has to be loaded too before the decisions can be written. */
    NodeReach.Missing missing() {
        return new NodeReach.Missing(missing.services(), missing.checks(), wholeMissing);
    }

    /** What one decision asked to see, and no more. */
    Rows select(Selection selection) {
        Map<String, Indexed<Service>> selectedServices = new TreeMap<>(services.held());
        Map<String, Indexed<Check>> selectedChecks = new TreeMap<>(checks.held());
        if (!selection.whole()) {
            selectedServices.keySet().retainAll(selection.services());
            selectedChecks
                    .values()
                    .removeIf(check -> !selection
                                    .services()
                                    .contains(check.value().serviceId())
                            && !selection.checks().contains(check.value().id()));
        }
        return new Rows(
                nodes.get(nodeName),
                selectedServices,
                selectedChecks,
                Optional.ofNullable(otherNodesById.get(selection.nodeId())));
    }

    /** Puts a decision in, and tells what changed by it. */
    List<Change> apply(Writes writes, long version) {
        List<Change> changes = new ArrayList<>();
        requireComplete(writes);
        if (writes.removeNode()) {
            removeAll(version, changes);
            return changes;
        }
        writes.removedServices().forEach(id -> removeService(id, version, changes));
        writes.removedChecks().forEach(id -> removeCheck(id, version, changes));
        writes.node()
                .ifPresent(node -> nodes.put(nodeName, node, version)
                        .ifPresent(row -> changes.add(upsert(RecordKind.NODE, Keys.node(nodeName), row, row.value()))));
        for (Service written : writes.services()) {
            Service service = addresses.dressed(written);
            services.put(service.id(), service, version)
                    .ifPresent(row -> changes.add(upsert(
                            RecordKind.SERVICE,
                            Keys.service(nodeName, service.id()),
                            row,
                            new ServiceRecord(nodeName, service))));
        }
        for (Check check : writes.checks()) {
            checks.put(check.id(), check, version)
                    .ifPresent(row ->
                            changes.add(upsert(RecordKind.CHECK, Keys.check(nodeName, check.id()), row, row.value())));
        }
        return changes;
    }

    private void removeAll(long version, List<Change> changes) {
        List.copyOf(checks.held().keySet()).forEach(id -> removeCheck(id, version, changes));
        List.copyOf(services.held().keySet()).forEach(id -> removeService(id, version, changes));
        if (nodes.remove(nodeName)) {
            changes.add(Change.removal(RecordKind.NODE, Keys.node(nodeName), version));
        }
    }

    private void removeService(String id, long version, List<Change> changes) {
        checks.held().values().stream()
                .map(Indexed::value)
                .filter(check -> check.serviceId().equals(id))
                .map(Check::id)
                .toList()
                .forEach(check -> removeCheck(check, version, changes));
        if (services.remove(id)) {
            changes.add(Change.removal(RecordKind.SERVICE, Keys.service(nodeName, id), version));
        }
    }

    private void removeCheck(String id, long version, List<Change> changes) {
        if (checks.remove(id)) {
            changes.add(Change.removal(RecordKind.CHECK, Keys.check(nodeName, id), version));
        }
    }

    private static Change upsert(RecordKind kind, String key, Indexed<?> row, Object value) {
        return Change.upsert(kind, key, row.modifyIndex(), row.createIndex(), value);
    }

    private void requireComplete(Writes writes) {
        boolean adds = writes.node().isPresent()
                || !writes.services().isEmpty()
                || !writes.checks().isEmpty();
        if (writes.removeNode() && adds) {
            throw new IllegalArgumentException("a node is either removed or written: " + nodeName);
        }
        if (adds && writes.node().isEmpty() && nodes.get(nodeName).isEmpty()) {
            throw new IllegalArgumentException("nothing can be written on a node that does not exist: " + nodeName);
        }
        if (writes.checks().stream().anyMatch(check -> !check.node().equals(nodeName))
                || writes.node().filter(node -> !node.name().equals(nodeName)).isPresent()) {
            throw new IllegalArgumentException("a decision on node " + nodeName + " cannot write on another");
        }
        if (!reach.whole()) {
            noteMissing(writes);
        }
    }

    private void noteMissing(Writes writes) {
        wholeMissing |= writes.removeNode();
        missing.services().addAll(writes.removedServices());
        writes.services().forEach(service -> missing.services().add(service.id()));
        missing.services().removeAll(reach.services());
        missing.checks().addAll(writes.removedChecks());
        writes.checks().forEach(check -> missing.checks().add(check.id()));
        missing.checks().removeAll(reach.checks());
        missing.checks().removeIf(checks::wasLoaded);
    }
}
