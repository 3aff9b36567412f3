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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The local nodes, services and checks of a partition, kept so that a change costs what it touches: a check of one instance rebuilds
 * that one service. Changed only by the thread that applies entries, and read by others only under {@link Consistency}.
 *
 * <p>Indexes of these things are positions of the log, which every replica gives alike.
 */
final class LocalCatalog {
    private final CatalogScope scope;
    /** In order, so that readers of whole tables need not sort them on an event loop. */
    private final Map<String, NodeRows> nodes = new ConcurrentSkipListMap<>(Topic.BY_NAME);

    private final NodeNames names = new NodeNames();
    /** What to bring into the services when the batch is applied. */
    private final TouchedInstances touched = new TouchedInstances();

    LocalCatalog(CatalogScope scope) {
        this.scope = scope;
    }

    /** After a load: any service or node may have lost something at this position. */
    void notBefore(long position) {
        scope.servicesNotBefore(position);
        nodes.values().forEach(rows -> rows.notBefore(position));
    }

    void applyNode(LogEntry entry, Set<Topic> changed) {
        String name = entry.change().key();
        NodeRows rows = rows(name);
        Indexed<Node> before = rows.node;
        Indexed<Node> after = entry.change().value() instanceof Node node
                ? new Indexed<>(node, entry.createPosition(), entry.position())
                : null;
        if (before != null && after == null) {
            scope.nodeDisappears(name, entry.position());
            scope.nodeDisappears(before.value().id(), entry.position());
        }
        rows.node = after;
        if (before != null || after != null) {
            names.change(name, before, after);
            touchAllServices(name, rows, entry.position());
            scope.nodesChanged(entry.position(), changed);
            rows.servicesIndex = entry.position();
            if (before == null || after == null) {
                // With the node its checks come into sight, or out of it.
                rows.checksIndex = entry.position();
            }
            tellOf(name, before, entry.position(), changed);
            tellOf(name, after, entry.position(), changed);
        }
        forgetIfEmpty(name, rows);
    }

    void applyService(LogEntry entry, Set<Topic> changed) {
        String key = entry.change().key();
        String node = key.substring(0, key.indexOf(Keys.SEPARATOR));
        String id = key.substring(key.indexOf(Keys.SEPARATOR) + 1);
        NodeRows rows = rows(node);
        Indexed<Service> old = rows.services.remove(id);
        if (old != null) {
            touched.add(old.value().name(), new InstanceKey(node, id), entry.position());
        }
        if (entry.change().value() instanceof ServiceRecord found) {
            rows.services.put(id, new Indexed<>(found.service(), entry.createPosition(), entry.position()));
            touched.add(found.service().name(), new InstanceKey(node, id), entry.position());
        }
        if (old != null || rows.services.containsKey(id)) {
            rows.servicesIndex = entry.position();
            tellOf(node, rows.node, entry.position(), changed);
        }
        forgetIfEmpty(node, rows);
    }

    void applyCheck(LogEntry entry, Set<Topic> changed) {
        String key = entry.change().key();
        String node = key.substring(0, key.indexOf(Keys.SEPARATOR));
        String id = key.substring(key.indexOf(Keys.SEPARATOR) + 1);
        NodeRows rows = rows(node);
        Indexed<Check> fresh = entry.change().value() instanceof Check check
                ? new Indexed<>(check, entry.createPosition(), entry.position())
                : null;
        replaceCheck(rows, node, rows.removeCheck(id), fresh, entry.position(), changed);
        forgetIfEmpty(node, rows);
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
            replaceCheck(rows, node, held, reported, entry.position(), changed);
        }
        forgetIfEmpty(node, rows);
    }

    private void replaceCheck(
            NodeRows rows,
            String node,
            @Nullable Indexed<Check> before,
            @Nullable Indexed<Check> after,
            long position,
            Set<Topic> changed) {
        List<String> statuses = new ArrayList<>(2);
        if (before != null) {
            statuses.add(before.value().status());
            touchService(node, rows, before, position);
        }
        if (after != null) {
            statuses.add(after.value().status());
            rows.putCheck(after);
            touchService(node, rows, after, position);
        }
        if (!statuses.isEmpty()) {
            scope.checksChanged(position, statuses, changed);
            rows.checksIndex = position;
            tellOf(node, rows.node, position, changed);
        }
    }

    /** Changes each touched service once. */
    void finish(Set<Topic> changed) {
        touched.drain((service, keys, position) ->
                scope.replace(service, keys, key -> instance(service, key), position, changed));
    }

    private @Nullable Instance instance(String service, InstanceKey key) {
        NodeRows rows = nodes.get(key.node());
        Indexed<Node> node = rows == null ? null : rows.node;
        Indexed<Service> found = rows == null ? null : rows.services.get(key.id());
        if (rows == null
                || node == null
                || found == null
                || !Topic.lower(found.value().name()).equals(service)) {
            return null;
        }
        List<Indexed<Check>> checks = new ArrayList<>(rows.nodeChecks.values());
        NavigableMap<String, Indexed<Check>> own = rows.serviceChecks.get(key.id());
        if (own != null) {
            checks.addAll(own.values());
        }
        return new Instance(node, found, checks);
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

    /** A node by its name, in whatever case, or its id; with everything on it. */
    Found<Optional<NodeContents>> node(String nameOrId) {
        return found(nameOrId, rows -> Math.max(rows.servicesIndex, rows.checksIndex), NodeRows::contents);
    }

    /** A node with its services. */
    Found<Optional<NodeContents>> nodeServices(String nameOrId) {
        return found(nameOrId, rows -> rows.servicesIndex, NodeRows::withoutChecks);
    }

    /** The checks of a node and of the services on it. */
    Found<List<Indexed<Check>>> nodeChecks(String nameOrId) {
        return scope.orNothing(found(nameOrId, rows -> Math.max(rows.checksIndex, 1), NodeRows::contents)
                .map(contents -> contents.map(NodeContents::checks).orElse(List.of())));
    }

    private Found<Optional<NodeContents>> found(
            String nameOrId, ToLongFunction<NodeRows> index, Function<NodeRows, Optional<NodeContents>> read) {
        NodeRows rows = known(nameOrId);
        return rows == null ? scope.noNode(nameOrId) : new Found<>(index.applyAsLong(rows), read.apply(rows));
    }

    private @Nullable NodeRows known(String nameOrId) {
        NodeRows exact = nodes.get(nameOrId);
        if (exact != null && exact.node != null) {
            return exact;
        }
        return names.of(nameOrId).map(nodes::get).orElse(null);
    }

    /** All nodes with everything on them, by name. */
    List<NodeContents> contents() {
        List<NodeContents> all = new ArrayList<>();
        nodes.values().forEach(rows -> rows.contents().ifPresent(all::add));
        return all;
    }

    List<Indexed<Node>> nodes() {
        List<Indexed<Node>> all = new ArrayList<>();
        for (NodeRows rows : nodes.values()) {
            if (rows.node != null) {
                all.add(rows.node);
            }
        }
        return all;
    }

    List<Indexed<Check>> checks() {
        List<Indexed<Check>> all = new ArrayList<>();
        for (NodeRows rows : nodes.values()) {
            NavigableMap<String, Indexed<Check>> ofNode = new TreeMap<>(rows.nodeChecks);
            rows.serviceChecks.values().forEach(ofNode::putAll);
            all.addAll(ofNode.values());
        }
        return all;
    }

    private NodeRows rows(String node) {
        return nodes.computeIfAbsent(node, name -> new NodeRows());
    }

    /** Whoever reads of the node hears, by whichever name; of what stands on no node nobody reads there. */
    private void tellOf(String name, @Nullable Indexed<Node> node, long position, Set<Topic> changed) {
        if (node == null) {
            return;
        }
        changed.add(Topic.node(null, name));
        if (!node.value().id().isEmpty()) {
            changed.add(Topic.node(null, node.value().id()));
        }
        scope.contentsChanged(position, changed);
    }

    private void forgetIfEmpty(String name, NodeRows rows) {
        if (rows.isEmpty()) {
            nodes.remove(name);
        }
    }

    private void touchService(String node, NodeRows rows, Indexed<Check> check, long position) {
        if (check.value().isNodeCheck()) {
            touchAllServices(node, rows, position);
            return;
        }
        Indexed<Service> of = rows.services.get(check.value().serviceId());
        if (of != null) {
            touched.add(of.value().name(), new InstanceKey(node, of.value().id()), position);
        }
    }

    private void touchAllServices(String node, NodeRows rows, long position) {
        rows.services
                .values()
                .forEach(found -> touched.add(
                        found.value().name(),
                        new InstanceKey(node, found.value().id()),
                        position));
    }
}
