package dev.entente.engine.view;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.ImportedInstance;
import dev.entente.domain.catalog.ImportedService;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Instance;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.identity.PeeringId;
import dev.entente.domain.trust.TrustBundle;
import dev.entente.engine.port.LogEntry;
import dev.entente.engine.view.Topic.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What one peer exports to us. Everything of the peer hangs here, so that dropping the peer is dropping this. A peer's nodes and checks
 * are those of its services; when two services tell differently of one node, the newest word counts (protocol chapter 4.2).
 */
final class ImportedCatalog {
    private static final Comparator<Instance> ORDER = Comparator.comparing(
                    (Instance instance) -> instance.node().value().name())
            .thenComparing(instance -> instance.service().value().id());

    private static final char SEPARATOR = '\u001f';

    private final String peerKey;
    private final PeeringId peering;
    private final CatalogScope scope;
    private final Map<String, ImportedNode> nodes = new ConcurrentHashMap<>();
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
        replace(
                entry.change().key(),
                entry.change().value() instanceof ImportedService service ? instances(service, entry) : List.of(),
                entry.position(),
                changed);
    }

    private void replace(String resource, List<Instance> after, long position, Set<Topic> changed) {
        Map<String, List<Instance>> resources =
                byService.computeIfAbsent(Topic.lower(resource), key -> new TreeMap<>());
        List<Instance> before = after.isEmpty() ? resources.remove(resource) : resources.put(resource, after);
        Map<String, List<Instance>> oldByNode = byNode(before == null ? List.of() : before);
        Map<String, List<Instance>> newByNode = byNode(after);
        Set<String> touched = new TreeSet<>(oldByNode.keySet());
        touched.addAll(newByNode.keySet());
        for (String node : touched) {
            ImportedNode rows = nodes.computeIfAbsent(node, name -> new ImportedNode());
            ImportedNode.Difference difference =
                    rows.replace(resource, newByNode.getOrDefault(node, List.of()), position);
            tell(node, difference, position, changed);
            if (rows.isEmpty()) {
                nodes.remove(node);
            }
        }
        List<Instance> all = new ArrayList<>();
        resources.values().forEach(all::addAll);
        all.sort(ORDER);
        if (resources.isEmpty()) {
            byService.remove(Topic.lower(resource));
        }
        scope.replace(resource, all, position, changed);
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
        resources.forEach(resource -> replace(resource, List.of(), position, changed));
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
        new TreeMap<>(nodes).values().forEach(rows -> rows.node().ifPresent(all::add));
        return all;
    }

    List<Indexed<Check>> checks() {
        List<Indexed<Check>> all = new ArrayList<>();
        new TreeMap<>(nodes).values().forEach(rows -> all.addAll(rows.checks()));
        return all;
    }

    /** All nodes with everything on them, by name. */
    List<NodeContents> contents() {
        List<NodeContents> all = new ArrayList<>();
        new TreeMap<>(nodes).values().forEach(rows -> rows.contents().ifPresent(all::add));
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

    /** What did not change keeps its indexes, so that one flip does not look like ten. */
    private List<Instance> instances(ImportedService service, LogEntry entry) {
        Map<String, Instance> before = new TreeMap<>();
        byService
                .getOrDefault(Topic.lower(entry.change().key()), Map.of())
                .getOrDefault(entry.change().key(), List.of())
                .forEach(instance -> before.put(keyOf(instance), instance));
        List<Instance> instances = new ArrayList<>();
        for (ImportedInstance imported : service.instances()) {
            instances.add(indexed(imported, before, entry));
        }
        instances.sort(ORDER);
        return instances;
    }

    private Instance indexed(ImportedInstance imported, Map<String, Instance> before, LogEntry entry) {
        Instance old = before.get(
                imported.node().name() + SEPARATOR + imported.service().id());
        ImportedNode rows = nodes.get(imported.node().name());
        Optional<Indexed<Node>> node = rows == null ? Optional.empty() : rows.node();
        Map<String, Indexed<Check>> checks = new TreeMap<>();
        if (old != null) {
            old.checks().forEach(check -> checks.put(check.value().id(), check));
        }
        return new Instance(
                kept(node.orElse(null), imported.node(), entry),
                kept(old == null ? null : old.service(), imported.service(), entry),
                imported.checks().stream()
                        .map(check -> kept(checks.get(check.id()), check, entry))
                        .toList());
    }

    private static <T> Indexed<T> kept(@Nullable Indexed<T> old, T value, LogEntry entry) {
        if (old == null) {
            return new Indexed<>(value, entry.createPosition(), entry.position());
        }
        return old.value().equals(value) ? old : new Indexed<>(value, old.createIndex(), entry.position());
    }

    private static String keyOf(Instance instance) {
        return instance.node().value().name()
                + SEPARATOR
                + instance.service().value().id();
    }
}
