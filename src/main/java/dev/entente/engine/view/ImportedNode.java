package dev.entente.engine.view;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Instance;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Service;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a peer's services tell of one of its nodes; the newest word about the node itself counts (protocol chapter 4.2). Belongs to
 * {@link ImportedCatalog} alone.
 */
final class ImportedNode {
    private final SortedMap<String, List<Instance>> byResource = new TreeMap<>();
    private long servicesIndex = 1;
    private long checksIndex = 1;

    /**
     * What a change made different.
     *
     * @param node whether the node itself
     * @param gone whether nothing of it is left
     * @param nodes the node before and after, where there is one
     * @param statuses of the checks that are others now
     */
    record Difference(boolean node, boolean services, boolean gone, List<Node> nodes, Set<String> statuses) {
        boolean isNone() {
            return !node && !services && statuses.isEmpty();
        }
    }

    /** Some part of it may have gone at this position. */
    void notBefore(long position) {
        servicesIndex = Math.max(servicesIndex, position);
        checksIndex = Math.max(checksIndex, position);
    }

    /** What would be different if this resource had these instances. */
    Difference difference(String resource, List<Instance> after) {
        Optional<Indexed<Node>> nodeBefore = node();
        List<Instance> before = byResource.getOrDefault(resource, List.of());
        Optional<Indexed<Node>> nodeAfter = nodeWith(resource, after);
        List<Node> nodes = new ArrayList<>(2);
        nodeBefore.map(Indexed::value).ifPresent(nodes::add);
        nodeAfter.map(Indexed::value).ifPresent(nodes::add);
        return new Difference(
                !nodeBefore.equals(nodeAfter),
                !services(before).equals(services(after)),
                nodeAfter.isEmpty(),
                nodes,
                changedStatuses(before, after));
    }

    void replace(String resource, List<Instance> after, Difference difference, long position) {
        if (after.isEmpty()) {
            byResource.remove(resource);
        } else {
            byResource.put(resource, after);
        }
        servicesIndex = difference.node() || difference.services() ? position : servicesIndex;
        checksIndex = difference.statuses().isEmpty() ? checksIndex : position;
    }

    private static List<Indexed<Service>> services(List<Instance> instances) {
        return instances.stream().map(Instance::service).toList();
    }

    private static Set<String> changedStatuses(List<Instance> before, List<Instance> after) {
        Map<String, Indexed<Check>> old = checksById(before);
        Map<String, Indexed<Check>> fresh = checksById(after);
        Set<String> statuses = new TreeSet<>();
        old.forEach((id, check) -> addIfOther(statuses, check, fresh.get(id)));
        fresh.forEach((id, check) -> addIfOther(statuses, check, old.get(id)));
        return statuses;
    }

    private static void addIfOther(Set<String> statuses, Indexed<Check> check, @Nullable Indexed<Check> other) {
        if (!check.equals(other)) {
            statuses.add(check.value().status());
        }
    }

    private static Map<String, Indexed<Check>> checksById(Collection<Instance> instances) {
        Map<String, Indexed<Check>> checks = new TreeMap<>();
        instances.forEach(instance -> instance.checks()
                .forEach(check -> checks.putIfAbsent(check.value().id(), check)));
        return checks;
    }

    private List<Instance> all() {
        List<Instance> all = new ArrayList<>();
        byResource.values().forEach(all::addAll);
        return all;
    }

    Optional<Indexed<Node>> node() {
        return newest(byResource);
    }

    private Optional<Indexed<Node>> nodeWith(String resource, List<Instance> after) {
        SortedMap<String, List<Instance>> changed = new TreeMap<>(byResource);
        if (after.isEmpty()) {
            changed.remove(resource);
        } else {
            changed.put(resource, after);
        }
        return newest(changed);
    }

    private static Optional<Indexed<Node>> newest(SortedMap<String, List<Instance>> byResource) {
        Indexed<Node> newest = null;
        for (List<Instance> instances : byResource.values()) {
            Indexed<Node> node = instances.get(0).node();
            newest = newest == null || node.modifyIndex() > newest.modifyIndex() ? node : newest;
        }
        return Optional.ofNullable(newest);
    }

    boolean isCalled(String nameOrId) {
        return node().map(Indexed::value)
                .filter(node -> node.name().equalsIgnoreCase(nameOrId)
                        || (!node.id().isEmpty() && node.id().equalsIgnoreCase(nameOrId)))
                .isPresent();
    }

    boolean isEmpty() {
        return byResource.isEmpty();
    }

    List<Indexed<Check>> checks() {
        return List.copyOf(checksById(all()).values());
    }

    Optional<NodeContents> contents() {
        return node().map(node -> new NodeContents(node, servicesById(), checks()));
    }

    Optional<NodeContents> withoutChecks() {
        return node().map(node -> new NodeContents(node, servicesById(), List.of()));
    }

    private List<Indexed<Service>> servicesById() {
        Map<String, Indexed<Service>> services = new TreeMap<>();
        all().forEach(instance -> services.put(instance.service().value().id(), instance.service()));
        return List.copyOf(services.values());
    }

    long index() {
        return Math.max(servicesIndex, checksIndex);
    }

    long servicesIndex() {
        return servicesIndex;
    }

    long checksIndex() {
        return checksIndex;
    }
}
