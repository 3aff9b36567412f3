package dev.entente.fake;

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
import dev.entente.engine.port.Change;
import dev.entente.engine.port.CheckReport;
import dev.entente.engine.port.Committed;
import dev.entente.engine.port.Keys;
import dev.entente.engine.port.ServiceRecord;
import dev.entente.engine.view.Found;
import dev.entente.engine.view.NodeContents;
import dev.entente.engine.view.PartitionView;
import dev.entente.engine.view.Publisher;
import dev.entente.engine.view.ServiceInstances;
import dev.entente.engine.view.Topic;
import dev.entente.engine.view.View;
import dev.entente.engine.view.Waiting;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A view of local nodes, services, checks and config entries that shows what is published to it at once; it knows nothing else. */
public final class LiveCatalog implements View, Publisher {
    private final Map<PartitionName, Local> partitions = new ConcurrentSkipListMap<>();
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    /** Every list of changes that was published, oldest first. */
    private final List<List<Change>> published = new CopyOnWriteArrayList<>();

    public LiveCatalog(PartitionName... names) {
        partitions.put(PartitionName.DEFAULT, new Local(PartitionName.DEFAULT));
        for (PartitionName name : names) {
            partitions.put(name, new Local(name));
        }
    }

    public List<List<Change>> published() {
        return published;
    }

    public Check check(String node, String id) {
        return defaultPartition().check(node, id).orElseThrow().value();
    }

    @Override
    public <T> Uni<T> publish(PartitionName partition, Committed<T> committed) {
        return publish(partition, committed.changes()).map(done -> committed.result());
    }

    @Override
    public Uni<Void> publish(PartitionName partition, List<Change> changes) {
        return Uni.createFrom().item(() -> {
            if (!changes.isEmpty()) {
                published.add(changes);
                Local local = partitions.get(partition);
                changes.forEach(local::apply);
                watchers.forEach(Runnable::run);
            }
            return null;
        });
    }

    @Override
    public Optional<PartitionView> partition(PartitionName name) {
        return Optional.ofNullable(partitions.get(name));
    }

    @Override
    public PartitionView defaultPartition() {
        return partitions.get(PartitionName.DEFAULT);
    }

    @Override
    public Set<PartitionName> partitions() {
        return Set.copyOf(partitions.keySet());
    }

    @Override
    public Uni<Void> applied(PartitionName partition, long position) {
        return Uni.createFrom().voidItem();
    }

    @Override
    public Watch watch(PartitionName partition, Set<Topic> topics, Runnable onChange) {
        watchers.add(onChange);
        return () -> watchers.remove(onChange);
    }

    @Override
    public <T> Uni<Found<T>> read(
            PartitionName partition, Waiting waiting, Set<Topic> topics, Function<PartitionView, Found<T>> read) {
        return Uni.createFrom().item(() -> read.apply(partitions.get(partition)));
    }

    @Override
    public boolean isCurrent() {
        return true;
    }

    private static final class Local implements PartitionView {
        private final PartitionName name;
        private final Map<String, Node> nodes = new ConcurrentSkipListMap<>();
        private final Map<String, ServiceRecord> services = new ConcurrentSkipListMap<>();
        private final Map<String, Check> checks = new ConcurrentSkipListMap<>();
        private final Map<String, ConfigEntry> entries = new ConcurrentSkipListMap<>();
        private final Map<String, Long> versions = new ConcurrentHashMap<>();

        Local(PartitionName name) {
            this.name = name;
        }

        private void apply(Change change) {
            versions.put(change.key(), change.version());
            switch (change.kind()) {
                case NODE -> put(nodes, change);
                case SERVICE -> put(services, change);
                case CHECK -> put(checks, change);
                case CONFIG_ENTRY -> put(entries, change);
                case CHECK_REPORT -> {
                    CheckReport report = (CheckReport) change.value();
                    checks.computeIfPresent(
                            change.key(), (key, held) -> held.withReport(report.status(), report.output()));
                }
                default -> throw new UnsupportedOperationException(change.kind().name());
            }
        }

        @SuppressWarnings("unchecked")
        private static <T> void put(Map<String, T> held, Change change) {
            if (change.isRemoval()) {
                held.remove(change.key());
            } else {
                held.put(change.key(), (T) change.value());
            }
        }

        private static <T> Indexed<T> indexed(T value) {
            return new Indexed<>(value, 1, 1);
        }

        @Override
        public PartitionName partition() {
            return name;
        }

        @Override
        public long position() {
            return 1;
        }

        @Override
        public Optional<Indexed<Check>> check(String node, String checkId) {
            return Optional.ofNullable(checks.get(Keys.check(node, checkId))).map(Local::indexed);
        }

        @Override
        public Optional<Indexed<Service>> serviceOn(String node, String serviceId) {
            return Optional.ofNullable(services.get(Keys.service(node, serviceId)))
                    .map(ServiceRecord::service)
                    .map(Local::indexed);
        }

        @Override
        public Found<Optional<NodeContents>> node(@Nullable PeerName peer, String node) {
            List<Indexed<Service>> own = new ArrayList<>();
            services.values().stream()
                    .filter(service -> service.node().equals(node))
                    .forEach(service -> own.add(indexed(service.service())));
            List<Indexed<Check>> found = checks.values().stream()
                    .filter(check -> check.node().equals(node))
                    .map(Local::indexed)
                    .toList();
            return new Found<>(
                    1, Optional.ofNullable(nodes.get(node)).map(held -> new NodeContents(indexed(held), own, found)));
        }

        @Override
        public Found<Optional<NodeContents>> nodeServices(@Nullable PeerName peer, String node) {
            return node(peer, node);
        }

        @Override
        public Found<List<Indexed<Check>>> nodeChecks(@Nullable PeerName peer, String node) {
            return node(peer, node).map(found -> found.map(NodeContents::checks).orElse(List.of()));
        }

        @Override
        public Found<List<Indexed<Node>>> nodes(@Nullable PeerName peer) {
            return new Found<>(1, nodes.values().stream().map(Local::indexed).toList());
        }

        @Override
        public Found<ServiceInstances> service(@Nullable PeerName peer, String service) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Found<List<Instance>> connect(@Nullable PeerName peer, String service) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Found<List<Indexed<Check>>> checksOfService(@Nullable PeerName peer, String service) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Found<List<Indexed<Check>>> checksInState(@Nullable PeerName peer, String state) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Found<SortedMap<String, SortedSet<String>>> serviceNames(@Nullable PeerName peer) {
            return new Found<>(1, new TreeMap<>());
        }

        @Override
        public Found<List<Instance>> instances(@Nullable PeerName peer) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Instance> meshGateways() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Found<List<NodeContents>> contents(@Nullable PeerName peer) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<PeerName> exporters() {
            return List.of();
        }

        @Override
        public Found<Optional<Indexed<ConfigEntry>>> configEntry(String kind, String name) {
            return new Found<>(
                    1,
                    Optional.ofNullable(entries.get(Keys.configEntry(kind, name)))
                            .map(Local::indexed));
        }

        @Override
        public Found<List<Indexed<ConfigEntry>>> configEntries(String kind) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Found<List<Indexed<Peering>>> peerings() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Indexed<Peering>> peering(PeerName name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Found<Optional<Indexed<TrustBundle>>> trustBundle(PeerName peer) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Found<Optional<Indexed<CaRoots>>> caRoots() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<String, Integer> importedCounts() {
            return Map.of();
        }
    }
}
