package dev.entente.engine.view;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Instance;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Service;
import dev.entente.engine.port.CheckReport;
import dev.entente.engine.port.Keys;
import dev.entente.engine.port.LogEntry;
import dev.entente.engine.port.ServiceRecord;
import dev.entente.engine.view.Topic.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The local nodes, services and checks of a partition, kept so that a change costs what it touches: a check of one instance rebuilds
 * that one service. Changed only by the thread that applies entries, and read by others only under {@link Consistency}.
 *
 * <p>Indexes of these things are positions of the log, which every replica gives alike.
 */
final class LocalCatalog {
    private final CatalogScope scope;
    private final Map<String, NodeRows> nodes = new ConcurrentHashMap<>();
    private final Map<String, TreeSet<InstanceKey>> instancesByService = new HashMap<>();
    /** Services to rebuild when the batch is applied, with the newest position that touched them. */
    private final Map<String, Long> dirty = new HashMap<>();

    LocalCatalog(CatalogScope scope) {
        this.scope = scope;
    }

    private record InstanceKey(String node, String id) implements Comparable<InstanceKey> {
        private static final Comparator<InstanceKey> ORDER =
                Comparator.comparing(InstanceKey::node).thenComparing(InstanceKey::id);

        @Override
        public int compareTo(InstanceKey other) {
            return ORDER.compare(this, other);
        }
    }

    void applyNode(LogEntry entry, Set<Topic> changed) {
        String name = entry.change().key();
        NodeRows rows = rows(name);
        rows.node = entry.change().value() instanceof Node node
                ? new Indexed<>(node, entry.createPosition(), entry.position())
                : null;
        touchAllServices(rows, entry.position());
        scope.nodesChanged(entry.position(), changed);
        nodeTouched(name, rows, entry.position(), changed);
    }

    void applyService(LogEntry entry, Set<Topic> changed) {
        String key = entry.change().key();
        String node = key.substring(0, key.indexOf(Keys.SEPARATOR));
        String id = key.substring(key.indexOf(Keys.SEPARATOR) + 1);
        NodeRows rows = rows(node);
        Indexed<Service> old = rows.services.remove(id);
        if (old != null) {
            unlink(old.value().name(), new InstanceKey(node, id));
            touch(old.value().name(), entry.position());
        }
        if (entry.change().value() instanceof ServiceRecord found) {
            rows.services.put(id, new Indexed<>(found.service(), entry.createPosition(), entry.position()));
            instancesByService
                    .computeIfAbsent(found.service().name(), name -> new TreeSet<>())
                    .add(new InstanceKey(node, id));
            touch(found.service().name(), entry.position());
        }
        nodeTouched(node, rows, entry.position(), changed);
    }

    void applyCheck(LogEntry entry, Set<Topic> changed) {
        String key = entry.change().key();
        String node = key.substring(0, key.indexOf(Keys.SEPARATOR));
        String id = key.substring(key.indexOf(Keys.SEPARATOR) + 1);
        NodeRows rows = rows(node);
        touchService(rows, rows.removeCheck(id), entry.position());
        if (entry.change().value() instanceof Check check) {
            Indexed<Check> indexed = new Indexed<>(check, entry.createPosition(), entry.position());
            rows.putCheck(indexed);
            touchService(rows, indexed, entry.position());
        }
        scope.checksChanged(entry.position(), changed);
        nodeTouched(node, rows, entry.position(), changed);
    }

    /** Changes the status inside a check; a report about a check that is not there is dropped. */
    void applyReport(LogEntry entry, Set<Topic> changed) {
        String key = entry.change().key();
        String node = key.substring(0, key.indexOf(Keys.SEPARATOR));
        NodeRows rows = rows(node);
        Indexed<Check> held = rows.check(key.substring(key.indexOf(Keys.SEPARATOR) + 1));
        if (held != null
                && held.modifyIndex() < entry.position()
                && entry.change().value() instanceof CheckReport report) {
            Indexed<Check> reported = new Indexed<>(
                    held.value().withReport(report.status(), report.output()), held.createIndex(), entry.position());
            rows.putCheck(reported);
            touchService(rows, reported, entry.position());
            scope.checksChanged(entry.position(), changed);
        }
        nodeTouched(node, rows, entry.position(), changed);
    }

    /** Rebuilds each touched service once. */
    void finish(Set<Topic> changed) {
        dirty.forEach((name, position) -> scope.replace(name, instancesOf(name), position, changed));
        dirty.clear();
    }

    private List<Instance> instancesOf(String service) {
        Set<InstanceKey> keys = instancesByService.get(service);
        if (keys == null) {
            return List.of();
        }
        List<Instance> instances = new ArrayList<>(keys.size());
        for (InstanceKey key : keys) {
            NodeRows rows = nodes.get(key.node());
            Indexed<Node> node = rows == null ? null : rows.node;
            Indexed<Service> found = rows == null ? null : rows.services.get(key.id());
            if (rows != null && node != null && found != null) {
                List<Indexed<Check>> checks = new ArrayList<>(rows.nodeChecks.values());
                NavigableMap<String, Indexed<Check>> own = rows.serviceChecks.get(key.id());
                if (own != null) {
                    checks.addAll(own.values());
                }
                instances.add(new Instance(node, found, checks));
            }
        }
        return instances;
    }

    Optional<Indexed<Check>> check(String node, String checkId) {
        NodeRows rows = nodes.get(node);
        String serviceId = rows == null ? null : rows.serviceOfCheck.get(checkId);
        if (rows == null || serviceId == null) {
            return Optional.empty();
        }
        // Unlike the writer, a reader must not make the map of a service that has none.
        Map<String, Indexed<Check>> checks = serviceId.isEmpty() ? rows.nodeChecks : rows.serviceChecks.get(serviceId);
        return checks == null ? Optional.empty() : Optional.ofNullable(checks.get(checkId));
    }

    Optional<Indexed<Service>> serviceOn(String node, String serviceId) {
        NodeRows rows = nodes.get(node);
        return rows == null ? Optional.empty() : Optional.ofNullable(rows.services.get(serviceId));
    }

    Found<Optional<NodeContents>> node(String nameOrId, long missingIndex) {
        NodeRows rows = nodes.get(nameOrId);
        if (rows == null || rows.node == null) {
            rows = nodes.values().stream()
                    .filter(other ->
                            other.node != null && other.node.value().id().equals(nameOrId) && !nameOrId.isEmpty())
                    .findFirst()
                    .orElse(null);
        }
        Optional<NodeContents> contents = rows == null ? Optional.empty() : rows.contents();
        return new Found<>(rows == null || contents.isEmpty() ? missingIndex : rows.index, contents);
    }

    /** All nodes with everything on them, by name. */
    List<NodeContents> contents() {
        List<NodeContents> all = new ArrayList<>();
        new TreeMap<>(nodes).values().forEach(rows -> rows.contents().ifPresent(all::add));
        return all;
    }

    List<Indexed<Node>> nodes() {
        List<Indexed<Node>> all = new ArrayList<>();
        for (NodeRows rows : nodes.values()) {
            if (rows.node != null) {
                all.add(rows.node);
            }
        }
        all.sort(Comparator.comparing(node -> node.value().name()));
        return all;
    }

    List<Indexed<Check>> checks() {
        List<Indexed<Check>> all = new ArrayList<>();
        for (String name : new TreeSet<>(nodes.keySet())) {
            NodeRows rows = nodes.get(name);
            if (rows != null) {
                NavigableMap<String, Indexed<Check>> ofNode = new TreeMap<>(rows.nodeChecks);
                rows.serviceChecks.values().forEach(ofNode::putAll);
                all.addAll(ofNode.values());
            }
        }
        return all;
    }

    private NodeRows rows(String node) {
        return nodes.computeIfAbsent(node, name -> new NodeRows());
    }

    private void nodeTouched(String name, NodeRows rows, long position, Set<Topic> changed) {
        rows.index = Math.max(rows.index, position);
        if (rows.isEmpty()) {
            nodes.remove(name);
        }
        changed.add(new Topic(Subject.NODE, "", name));
        scope.contentsChanged(position, changed);
    }

    private void touchService(NodeRows rows, @Nullable Indexed<Check> check, long position) {
        if (check == null) {
            return;
        }
        if (check.value().isNodeCheck()) {
            touchAllServices(rows, position);
            return;
        }
        Indexed<Service> of = rows.services.get(check.value().serviceId());
        if (of != null) {
            touch(of.value().name(), position);
        }
    }

    private void touchAllServices(NodeRows rows, long position) {
        rows.services.values().forEach(found -> touch(found.value().name(), position));
    }

    private void touch(String service, long position) {
        dirty.merge(service, position, Math::max);
    }

    private void unlink(String service, InstanceKey key) {
        TreeSet<InstanceKey> keys = instancesByService.get(service);
        if (keys != null) {
            keys.remove(key);
            if (keys.isEmpty()) {
                instancesByService.remove(service);
            }
        }
    }
}
