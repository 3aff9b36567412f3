package dev.entente.engine.view;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.ImportedInstance;
import dev.entente.domain.catalog.ImportedService;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Instance;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.identity.PeeringId;
import dev.entente.domain.trust.TrustBundle;
import dev.entente.engine.port.LogEntry;
import dev.entente.engine.view.Topic.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one peer exports to us. Everything of the peer hangs here, so that dropping the peer is dropping this. A peer's nodes and checks
 * are those of its services; when two services tell differently of one node, the newest word counts (protocol chapter 4.2).
 */
final class ImportedCatalog {
    private static final Comparator<Instance> ORDER = Comparator.comparing(
                    (Instance instance) -> instance.node().value().name())
            .thenComparing(instance -> instance.service().value().id());

    private final String peerKey;
    private final PeeringId peering;
    private final CatalogScope scope;
    private volatile @Nullable Indexed<TrustBundle> bundle;
    private volatile long bundleIndex = 1;

    ImportedCatalog(String peerKey, PeeringId peering) {
        this.peerKey = peerKey;
        this.peering = peering;
        this.scope = new CatalogScope(peerKey);
    }

    CatalogScope scope() {
        return scope;
    }

    PeeringId peering() {
        return peering;
    }

    void applyService(LogEntry entry, Set<Topic> changed) {
        List<Instance> instances =
                entry.change().value() instanceof ImportedService service ? instances(service, entry) : List.of();
        Set<String> nodesBefore = nodeNames(entry.change().key());
        scope.replace(entry.change().key(), instances, entry.position(), changed);
        instances.forEach(instance -> nodesBefore.add(instance.node().value().name()));
        nodesBefore.forEach(node -> changed.add(new Topic(Subject.NODE, peerKey, node)));
        scope.nodesChanged(entry.position(), changed);
        scope.checksChanged(entry.position(), changed);
    }

    void applyBundle(LogEntry entry, Set<Topic> changed) {
        bundle = entry.change().value() instanceof TrustBundle found
                ? new Indexed<>(found, entry.createPosition(), entry.position())
                : null;
        bundleIndex = entry.position();
        changed.add(new Topic(Subject.TRUST_BUNDLE, peerKey, ""));
    }

    void drop(long position, Set<Topic> changed) {
        nodes().forEach(node ->
                changed.add(new Topic(Subject.NODE, peerKey, node.value().name())));
        scope.clear(position, changed);
        bundle = null;
        bundleIndex = position;
        changed.add(new Topic(Subject.TRUST_BUNDLE, peerKey, ""));
    }

    Found<Optional<Indexed<TrustBundle>>> bundle() {
        long index = bundleIndex;
        return new Found<>(index, Optional.ofNullable(bundle));
    }

    List<Indexed<Node>> nodes() {
        SortedMap<String, Indexed<Node>> byName = new TreeMap<>();
        for (Instance instance : allInstances()) {
            byName.merge(
                    instance.node().value().name(),
                    instance.node(),
                    (a, b) -> a.modifyIndex() >= b.modifyIndex() ? a : b);
        }
        return List.copyOf(byName.values());
    }

    List<Indexed<Check>> checks() {
        SortedMap<String, Indexed<Check>> byKey = new TreeMap<>();
        for (Instance instance : allInstances()) {
            for (Indexed<Check> check : instance.checks()) {
                byKey.putIfAbsent(
                        check.value().node() + '\u001f' + check.value().id(), check);
            }
        }
        return List.copyOf(byKey.values());
    }

    /** All nodes with everything on them, by name. */
    List<NodeContents> contents() {
        return nodes().stream()
                .flatMap(node -> node(node.value().name()).value().stream())
                .toList();
    }

    Found<Optional<NodeContents>> node(String name) {
        Indexed<Node> node = null;
        SortedMap<String, Indexed<Service>> services = new TreeMap<>();
        SortedMap<String, Indexed<Check>> checks = new TreeMap<>();
        long index = 0;
        for (Instance instance : allInstances()) {
            if (instance.node().value().name().equals(name)) {
                node = node == null || node.modifyIndex() < instance.node().modifyIndex() ? instance.node() : node;
                services.put(instance.service().value().id(), instance.service());
                instance.checks().forEach(check -> checks.put(check.value().id(), check));
                index = Math.max(index, instance.service().modifyIndex());
            }
        }
        if (node == null) {
            return new Found<>(scope.nodesIndex(), Optional.empty());
        }
        return new Found<>(
                index,
                Optional.of(new NodeContents(node, List.copyOf(services.values()), List.copyOf(checks.values()))));
    }

    int count() {
        return allInstances().size() + (bundle == null ? 0 : 1);
    }

    private List<Instance> allInstances() {
        List<Instance> all = new ArrayList<>();
        scope.services().forEach(found -> all.addAll(found.value().instances()));
        return all;
    }

    private Set<String> nodeNames(String service) {
        Set<String> names = new java.util.TreeSet<>();
        scope.service(service)
                .value()
                .instances()
                .forEach(instance -> names.add(instance.node().value().name()));
        return names;
    }

    /** Keeps the indexes of what did not change, so that one flip does not look like ten. */
    private List<Instance> instances(ImportedService service, LogEntry entry) {
        Map<String, Instance> before = new TreeMap<>();
        scope.service(entry.change().key())
                .value()
                .instances()
                .forEach(instance -> before.put(keyOf(instance), instance));
        List<Instance> instances = new ArrayList<>();
        for (ImportedInstance imported : service.instances()) {
            Instance fresh = index(imported, entry);
            Instance old = before.get(keyOf(fresh));
            instances.add(old != null && sameContent(old, imported) ? old : fresh);
        }
        instances.sort(ORDER);
        return instances;
    }

    private static String keyOf(Instance instance) {
        return instance.node().value().name()
                + '\u001f'
                + instance.service().value().id();
    }

    private static boolean sameContent(Instance old, ImportedInstance imported) {
        return old.node().value().equals(imported.node())
                && old.service().value().equals(imported.service())
                && old.checks().stream().map(Indexed::value).toList().equals(imported.checks());
    }

    private static Instance index(ImportedInstance imported, LogEntry entry) {
        long created = entry.createPosition();
        long modified = entry.position();
        return new Instance(
                new Indexed<>(imported.node(), created, modified),
                new Indexed<>(imported.service(), created, modified),
                imported.checks().stream()
                        .map(check -> new Indexed<>(check, created, modified))
                        .toList());
    }
}
