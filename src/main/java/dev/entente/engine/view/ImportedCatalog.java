package dev.entente.engine.view;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.ImportedService;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Instance;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.identity.PeeringId;
import dev.entente.domain.trust.TrustBundle;
import dev.entente.engine.port.LogEntry;
import dev.entente.engine.view.Topic.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What one peer exports to us. Everything of the peer hangs here, so that dropping the peer is dropping this. A peer's nodes and checks
 * are those of its services; when two services tell differently of one node, the newest word counts (protocol chapter 4.2).
 */
final class ImportedCatalog {
    private final String peerKey;
    private final PeeringId peering;
    private final CatalogScope scope;
    /** In order, so that readers of whole tables need not sort a hundred thousand names on an event loop. */
    private final Map<String, ImportedNode> nodes = new ConcurrentSkipListMap<>();
    /** By the name in lower case, then by the resource: names of services are looked up without case. */
    private final Map<String, Map<String, List<Instance>>> byService = new HashMap<>();

    private volatile @Nullable Indexed<TrustBundle> bundle;
    private volatile long bundleIndex = 1;

    ImportedCatalog(String peerKey, PeeringId peering) {
        this.peerKey = peerKey;
        this.peering = peering;
        this.scope = new CatalogScope(peerKey);
    }

    /** After a load, or after an earlier peering of the name: no index may be lower than what a reader may have seen before. */
    void startFrom(long position) {
        scope.startFrom(position);
        nodes.values().forEach(rows -> rows.notBefore(position));
        if (bundle == null) {
            bundleIndex = Math.max(bundleIndex, position);
        }
    }

    /** After a load: services of several resources are reached under one name, and the last removal may have been of one of them. */
    void lastRemovalAt(long position) {
        scope.connectNotBefore(position);
    }

    long newestIndex() {
        return Math.max(scope.contentsIndex(), bundleIndex);
    }

    CatalogScope scope() {
        return scope;
    }

    PeeringId peering() {
        return peering;
    }

    void applyService(LogEntry entry, Set<Topic> changed) {
        install(prepared(entry), changed);
    }

    /** What becomes of one node: its rows, which are new when nothing was known of it. */
    private record NodeChange(
            String name, ImportedNode rows, List<Instance> after, ImportedNode.Difference difference) {}

    /** A change of one resource, worked out and not yet seen by anybody. */
    record Prepared(
            String resource, List<Instance> after, List<NodeChange> nodes, ServiceReplacement service, long position) {}

    /** All that takes long when there are very many instances. Only the thread that applies may ask, and nothing may come between. */
    Prepared prepared(LogEntry entry) {
        List<Instance> after =
                entry.change().value() instanceof ImportedService service ? instances(service, entry) : List.of();
        return prepared(entry.change().key(), after, entry.position());
    }

    private Prepared prepared(String resource, List<Instance> after, long position) {
        Map<String, List<Instance>> resources = new TreeMap<>(resources(resource));
        List<Instance> before = resources.getOrDefault(resource, List.of());
        resources.put(resource, after);
        Map<String, List<Instance>> oldByNode = byNode(before);
        Map<String, List<Instance>> newByNode = byNode(after);
        Set<String> touched = new TreeSet<>(oldByNode.keySet());
        touched.addAll(newByNode.keySet());
        List<NodeChange> changes = new ArrayList<>(touched.size());
        for (String name : touched) {
            ImportedNode held = nodes.get(name);
            ImportedNode rows = held == null ? new ImportedNode() : held;
            List<Instance> there = List.copyOf(newByNode.getOrDefault(name, List.of()));
            changes.add(new NodeChange(name, rows, there, rows.difference(resource, there)));
        }
        List<Instance> all = new ArrayList<>();
        resources.values().forEach(all::addAll);
        all.sort(InstanceKey.OF_INSTANCES);
        return new Prepared(resource, after, changes, scope.prepared(resource, all, position), position);
    }

    private List<Instance> instances(ImportedService service, LogEntry entry) {
        String resource = entry.change().key();
        List<Instance> before = resources(resource).getOrDefault(resource, List.of());
        List<Instance> instances = new ImportedIndexes(before, nodes::get, entry).of(service);
        instances.sort(InstanceKey.OF_INSTANCES);
        return instances;
    }

    private Map<String, List<Instance>> resources(String resource) {
        return byService.getOrDefault(Topic.lower(resource), Map.of());
    }

    void install(Prepared prepared, Set<Topic> changed) {
        keep(prepared.resource(), prepared.after());
        for (NodeChange change : prepared.nodes()) {
            ImportedNode rows = change.rows();
            rows.replace(prepared.resource(), change.after(), change.difference(), prepared.position());
            tell(change.name(), change.difference(), prepared.position(), changed);
            if (rows.isEmpty()) {
                nodes.remove(change.name());
            } else {
                nodes.put(change.name(), rows);
            }
        }
        scope.install(prepared.service(), changed);
    }

    private void keep(String resource, List<Instance> after) {
        Map<String, List<Instance>> resources =
                byService.computeIfAbsent(Topic.lower(resource), key -> new TreeMap<>());
        if (after.isEmpty()) {
            resources.remove(resource);
        } else {
            resources.put(resource, after);
        }
        if (resources.isEmpty()) {
            byService.remove(Topic.lower(resource));
        }
    }

    private static Map<String, List<Instance>> byNode(List<Instance> instances) {
        Map<String, List<Instance>> byNode = new TreeMap<>();
        instances.forEach(
                instance -> byNode.computeIfAbsent(instance.node().value().name(), name -> new ArrayList<>())
                        .add(instance));
        return byNode;
    }

    private void tell(String name, ImportedNode.Difference difference, long position, Set<Topic> changed) {
        if (difference.isNone()) {
            return;
        }
        for (Node node : difference.nodes()) {
            changed.add(new Topic(Subject.NODE, peerKey, Topic.lower(node.id())));
        }
        changed.add(new Topic(Subject.NODE, peerKey, Topic.lower(name)));
        scope.contentsChanged(position, changed);
        if (difference.node()) {
            scope.nodesChanged(position, changed);
        }
        if (difference.gone()) {
            scope.nodeDisappears(name, position);
            difference.nodes().forEach(node -> scope.nodeDisappears(node.id(), position));
        }
        if (!difference.statuses().isEmpty()) {
            scope.checksChanged(position, difference.statuses(), changed);
        }
    }

    void applyBundle(LogEntry entry, Set<Topic> changed) {
        bundle = entry.change().value() instanceof TrustBundle found
                ? new Indexed<>(found, entry.createPosition(), entry.position())
                : null;
        bundleIndex = entry.position();
        changed.add(new Topic(Subject.TRUST_BUNDLE, peerKey, ""));
    }

    void drop(long position, Set<Topic> changed) {
        List<String> resources = new ArrayList<>();
        byService.values().forEach(held -> resources.addAll(held.keySet()));
        resources.forEach(resource -> install(prepared(resource, List.of(), position), changed));
        bundle = null;
        bundleIndex = position;
        changed.add(new Topic(Subject.TRUST_BUNDLE, peerKey, ""));
    }

    Found<Optional<Indexed<TrustBundle>>> bundle() {
        long index = bundleIndex;
        return new Found<>(index, Optional.ofNullable(bundle));
    }

    List<Indexed<Node>> nodes() {
        List<Indexed<Node>> all = new ArrayList<>();
        nodes.values().forEach(rows -> rows.node().ifPresent(all::add));
        return all;
    }

    List<Indexed<Check>> checks() {
        List<Indexed<Check>> all = new ArrayList<>();
        nodes.values().forEach(rows -> all.addAll(rows.checks()));
        return all;
    }

    /** All nodes with everything on them, by name. */
    List<NodeContents> contents() {
        List<NodeContents> all = new ArrayList<>();
        nodes.values().forEach(rows -> rows.contents().ifPresent(all::add));
        return all;
    }

    /** A node by its name, in whatever case, or its id. */
    Found<Optional<NodeContents>> node(String nameOrId) {
        return found(nameOrId, ImportedNode::index, ImportedNode::contents);
    }

    Found<Optional<NodeContents>> nodeServices(String nameOrId) {
        return found(nameOrId, ImportedNode::servicesIndex, ImportedNode::withoutChecks);
    }

    Found<List<Indexed<Check>>> nodeChecks(String nameOrId) {
        return scope.orNothing(found(nameOrId, ImportedNode::checksIndex, ImportedNode::contents)
                .map(contents -> contents.map(NodeContents::checks).orElse(List.of())));
    }

    private Found<Optional<NodeContents>> found(
            String nameOrId, ToLongFunction<ImportedNode> index, Function<ImportedNode, Optional<NodeContents>> read) {
        ImportedNode rows = nodes.get(nameOrId);
        if (rows == null) {
            rows = nodes.values().stream()
                    .filter(other -> other.isCalled(nameOrId))
                    .findFirst()
                    .orElse(null);
        }
        return rows == null ? scope.noNode(nameOrId) : new Found<>(index.applyAsLong(rows), read.apply(rows));
    }

    int count() {
        return allInstances().size() + (bundle == null ? 0 : 1);
    }

    private List<Instance> allInstances() {
        List<Instance> all = new ArrayList<>();
        scope.services().forEach(found -> all.addAll(found.value().instances()));
        return all;
    }

    /** How many instances a service has. */
    int countOf(String resource) {
        return resources(resource).getOrDefault(resource, List.of()).size();
    }
}
