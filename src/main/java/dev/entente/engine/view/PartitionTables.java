package dev.entente.engine.view;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Instance;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.config.ConfigEntry;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.peering.Peering;
import dev.entente.domain.trust.TrustBundle;
import dev.entente.engine.port.CaRoots;
import dev.entente.engine.port.ChangeLog;
import dev.entente.engine.port.LogEntry;
import dev.entente.engine.port.PeerScope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The tables of one partition: applies entries, in order, from one thread, and answers reads from any. */
final class PartitionTables implements PartitionView {
    private final PartitionName partition;
    private final Consistency consistency = new Consistency();
    private final CatalogScope localScope = new CatalogScope("");
    private final LocalCatalog local = new LocalCatalog(localScope);
    private final Map<String, ImportedCatalog> imports = new ConcurrentHashMap<>();
    private final DurableTables durable = new DurableTables();
    private volatile long position;
    private volatile long loadedFrom = 1;

    PartitionTables(PartitionName partition) {
        this.partition = partition;
    }

    /**
     * Takes the whole hot state; called once, before any reader. What has lost a part has an index that the remaining parts do not
     * show: none is lower than the last removal, so that nobody who waits misses one.
     */
    void load(ChangeLog.HotState state) {
        List<LogEntry> ordered = new ArrayList<>(state.entries());
        ordered.sort(Comparator.comparingLong(LogEntry::position));
        apply(ordered);
        position = Math.max(position, state.position());
        loadedFrom = position;
        local.notBefore(state.lastRemoval());
        localScope.startFrom(position);
        imports.values().forEach(held -> held.startFrom(position));
        imports.values().forEach(held -> held.lastRemovalAt(state.lastRemoval()));
        durable.startFrom(position);
    }

    /**
     * Applies a batch as one step and tells which topics changed. Entries that are not newer than what is held change nothing. A batch with
     * very many instances is applied in several steps, because readers of whole tables may wait for one.
     */
    Set<Topic> apply(List<LogEntry> entries) {
        Set<Topic> changed = new LinkedHashSet<>();
        // What an entry takes away is known only when those before it were applied.
        for (BatchSteps steps = new BatchSteps(entries, this::instancesHeld); steps.hasNext(); ) {
            List<LogEntry> step = steps.next();
            if (steps.isLargeImport()) {
                applyPrepared(step.get(0), changed);
            } else {
                applyStep(step, changed);
            }
        }
        return changed;
    }

    private void applyStep(List<LogEntry> entries, Set<Topic> changed) {
        consistency.apply(() -> {
            entries.forEach(entry -> applyOne(entry, changed));
            finish(entries.get(entries.size() - 1), changed);
        });
    }

    /** Nobody waits while it is worked out what changes; putting it in place is short. */
    private void applyPrepared(LogEntry entry, Set<Topic> changed) {
        PeerScope peer = peerOf(entry);
        ImportedCatalog catalog = ofPeering(peer, imports.get(peer.name().key()));
        ImportedCatalog.Prepared prepared = catalog.prepared(entry);
        consistency.apply(() -> {
            imports.put(peer.name().key(), catalog);
            catalog.install(prepared, changed);
            finish(entry, changed);
        });
    }

    private void finish(LogEntry last, Set<Topic> changed) {
        local.finish(changed);
        position = Math.max(position, last.position());
    }

    /** Whether to apply these keeps a thread longer than an event loop can spare. */
    boolean isLong(List<LogEntry> entries) {
        return new BatchSteps(entries, this::instancesHeld).isLong();
    }

    /** How many imported instances an entry takes away or replaces. */
    private int instancesHeld(LogEntry entry) {
        PeerScope peer = entry.change().peer();
        ImportedCatalog held = peer == null ? null : imports.get(peer.name().key());
        if (held == null) {
            return 0;
        }
        return switch (entry.change().kind()) {
            case IMPORTED_SERVICE -> held.countOf(entry.change().key());
            case IMPORTS_DROPPED -> held.count();
            case NODE, SERVICE, CHECK, CHECK_REPORT, PEERING, CONFIG_ENTRY, CA_ROOTS, PARTITION, IMPORTED_BUNDLE -> 0;
        };
    }

    private void applyOne(LogEntry entry, Set<Topic> changed) {
        switch (entry.change().kind()) {
            case NODE -> local.applyNode(entry, changed);
            case SERVICE -> local.applyService(entry, changed);
            case CHECK -> local.applyCheck(entry, changed);
            case CHECK_REPORT -> local.applyReport(entry, changed);
            case PEERING, CONFIG_ENTRY, CA_ROOTS, PARTITION -> durable.apply(entry, changed);
            case IMPORTED_SERVICE -> imported(entry).applyService(entry, changed);
            case IMPORTED_BUNDLE -> imported(entry).applyBundle(entry, changed);
            case IMPORTS_DROPPED -> drop(entry, changed);
        }
    }

    private static PeerScope peerOf(LogEntry entry) {
        PeerScope peer = entry.change().peer();
        if (peer == null) {
            throw new IllegalArgumentException(entry.change().kind() + " without a peer");
        }
        return peer;
    }

    /** What an earlier peering of the same name left is not mixed with the new one's. */
    private ImportedCatalog imported(LogEntry entry) {
        PeerScope peer = peerOf(entry);
        return imports.compute(peer.name().key(), (key, held) -> ofPeering(peer, held));
    }

    private ImportedCatalog ofPeering(PeerScope peer, @Nullable ImportedCatalog before) {
        if (before != null && before.peering().equals(peer.id())) {
            return before;
        }
        ImportedCatalog catalog = new ImportedCatalog(peer.name().key(), peer.id());
        catalog.startFrom(before == null ? loadedFrom : before.newestIndex());
        return catalog;
    }

    /** The empty scope stays, so that readers of the peer see an index that does not go back. */
    private void drop(LogEntry entry, Set<Topic> changed) {
        PeerScope peer = peerOf(entry);
        ImportedCatalog held = imports.get(peer.name().key());
        if (held != null && held.peering().equals(peer.id())) {
            held.drop(entry.position(), changed);
        }
    }

    private CatalogScope scope(@Nullable PeerName peer) {
        if (peer == null) {
            return localScope;
        }
        ImportedCatalog held = imports.get(peer.key());
        return held == null ? none(peer) : held.scope();
    }

    /** What a peer shows that never exported anything. */
    private CatalogScope none(PeerName peer) {
        CatalogScope none = new CatalogScope(peer.key());
        none.startFrom(loadedFrom);
        return none;
    }

    private Optional<ImportedCatalog> importsOf(PeerName peer) {
        return Optional.ofNullable(imports.get(peer.key()));
    }

    @Override
    public PartitionName partition() {
        return partition;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public Found<ServiceInstances> service(@Nullable PeerName peer, String service) {
        return scope(peer).service(service);
    }

    @Override
    public Found<List<Instance>> connect(@Nullable PeerName peer, String service) {
        return scope(peer).connect(service);
    }

    @Override
    public Found<List<Indexed<Check>>> checksOfService(@Nullable PeerName peer, String service) {
        return scope(peer).checksOf(service);
    }

    @Override
    public Found<Optional<NodeContents>> node(@Nullable PeerName peer, String node) {
        return consistency.read(() -> peer == null
                ? local.node(node)
                : importsOf(peer)
                        .map(held -> held.node(node))
                        .orElseGet(() -> none(peer).noNode(node)));
    }

    @Override
    public Found<Optional<NodeContents>> nodeServices(@Nullable PeerName peer, String node) {
        return consistency.read(() -> peer == null
                ? local.nodeServices(node)
                : importsOf(peer)
                        .map(held -> held.nodeServices(node))
                        .orElseGet(() -> none(peer).noNode(node)));
    }

    @Override
    public Found<List<Indexed<Check>>> nodeChecks(@Nullable PeerName peer, String node) {
        return consistency.read(() -> peer == null
                ? local.nodeChecks(node)
                : importsOf(peer)
                        .map(held -> held.nodeChecks(node))
                        .orElseGet(() -> none(peer).noNode(node).map(missing -> List.of())));
    }

    @Override
    public Optional<Indexed<Check>> check(String node, String checkId) {
        return consistency.read(() -> local.check(node, checkId));
    }

    @Override
    public Optional<Indexed<Service>> serviceOn(String node, String serviceId) {
        return consistency.read(() -> local.serviceOn(node, serviceId));
    }

    @Override
    public Found<List<Indexed<Node>>> nodes(@Nullable PeerName peer) {
        return consistency.read(() -> scope(peer)
                .orNothing(new Found<>(
                        scope(peer).nodesIndex(),
                        peer == null
                                ? local.nodes()
                                : importsOf(peer).map(ImportedCatalog::nodes).orElse(List.of()))));
    }

    @Override
    public Found<List<Indexed<Check>>> checksInState(@Nullable PeerName peer, String state) {
        return consistency.read(
                () -> scope(peer).orNothing(new Found<>(scope(peer).checksIndex(state), checks(peer, state))));
    }

    private List<Indexed<Check>> checks(@Nullable PeerName peer, String state) {
        List<Indexed<Check>> all = peer == null
                ? local.checks()
                : importsOf(peer).map(ImportedCatalog::checks).orElse(List.of());
        if (state.equals("any")) {
            return all;
        }
        return all.stream()
                .filter(check -> check.value().status().equalsIgnoreCase(state))
                .toList();
    }

    @Override
    public Found<SortedMap<String, SortedSet<String>>> serviceNames(@Nullable PeerName peer) {
        return consistency.read(
                () -> new Found<>(scope(peer).namesIndex(), scope(peer).namesWithTags()));
    }

    @Override
    public Found<List<Instance>> instances(@Nullable PeerName peer) {
        return consistency.read(() -> scope(peer).instances());
    }

    @Override
    public List<Instance> meshGateways() {
        return consistency.read(localScope::meshGateways);
    }

    @Override
    public Found<List<NodeContents>> contents(@Nullable PeerName peer) {
        return consistency.read(() -> scope(peer)
                .orNothing(new Found<>(
                        scope(peer).contentsIndex(),
                        peer == null
                                ? local.contents()
                                : importsOf(peer).map(ImportedCatalog::contents).orElse(List.of()))));
    }

    @Override
    public List<PeerName> exporters() {
        return new TreeSet<>(imports.keySet())
                .stream()
                        .map(key -> peering(new PeerName(key))
                                .map(peering -> peering.value().name())
                                .orElse(new PeerName(key)))
                        .toList();
    }

    @Override
    public Found<Optional<Indexed<ConfigEntry>>> configEntry(String kind, String name) {
        return durable.configEntry(kind, name);
    }

    @Override
    public Found<List<Indexed<ConfigEntry>>> configEntries(String kind) {
        return consistency.read(() -> durable.configEntries(kind));
    }

    @Override
    public Found<List<Indexed<Peering>>> peerings() {
        return consistency.read(durable::peerings);
    }

    @Override
    public Optional<Indexed<Peering>> peering(PeerName name) {
        return durable.peering(name);
    }

    @Override
    public Found<Optional<Indexed<TrustBundle>>> trustBundle(PeerName peer) {
        return importsOf(peer).map(ImportedCatalog::bundle).orElseGet(() -> new Found<>(loadedFrom, Optional.empty()));
    }

    @Override
    public Found<Optional<Indexed<CaRoots>>> caRoots() {
        return durable.caRoots();
    }

    @Override
    public Map<String, Integer> importedCounts() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        imports.forEach((peer, held) -> {
            int count = held.count();
            if (count > 0) {
                counts.put(peer, count);
            }
        });
        return counts;
    }

    Set<PartitionName> partitionsNamed() {
        return durable.partitions();
    }
}
