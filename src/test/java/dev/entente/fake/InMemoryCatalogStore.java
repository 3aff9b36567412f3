package dev.entente.fake;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.CatalogStore;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.CheckReport;
import dev.entente.engine.port.Committed;
import dev.entente.engine.port.Keys;
import dev.entente.engine.port.RecordKind;
import dev.entente.engine.port.ServiceRecord;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** The catalog's store in memory: one lock for all, everything else as the contract says. */
public final class InMemoryCatalogStore implements CatalogStore {
    private final Map<PartitionName, TreeMap<String, NodeRows>> partitions = new HashMap<>();
    /** Begins beyond 1, so that there is an older version than the first. */
    private long version = 100;

    private final InMemoryAddresses addresses = new InMemoryAddresses();

    private static final class NodeRows {
        private Optional<Indexed<Node>> node = Optional.empty();
        private final Map<String, Indexed<Service>> services = new TreeMap<>();
        private final Map<String, Indexed<Check>> checks = new TreeMap<>();
    }

    @Override
    public Uni<Committed<Void>> decide(
            PartitionName partition, Selection selection, Function<Rows, Outcome<Writes>> decision) {
        return Uni.createFrom().item(() -> decideNow(partition, selection, decision));
    }

    @Override
    public Uni<Void> rememberReports(PartitionName partition, Map<String, CheckReport> byCheckKey) {
        return Uni.createFrom().item(() -> {
            byCheckKey.forEach((key, report) -> remember(partition, key, report));
            return null;
        });
    }

    /** All that is held, as a cluster's store tells it. */
    public synchronized List<Change> durableRecords(PartitionName partition) {
        List<Change> records = new ArrayList<>();
        nodes(partition).forEach((name, rows) -> {
            rows.node.ifPresent(row -> records.add(upsert(RecordKind.NODE, name, row, row.value())));
            rows.services.forEach((id, row) -> records.add(
                    upsert(RecordKind.SERVICE, Keys.service(name, id), row, new ServiceRecord(name, row.value()))));
            rows.checks.forEach(
                    (id, row) -> records.add(upsert(RecordKind.CHECK, Keys.check(name, id), row, row.value())));
        });
        return records;
    }

    private Map<String, NodeRows> nodes(PartitionName partition) {
        return partitions.computeIfAbsent(partition, name -> new TreeMap<>());
    }

    private synchronized Committed<Void> decideNow(
            PartitionName partition, Selection selection, Function<Rows, Outcome<Writes>> decision) {
        NodeRows rows = nodes(partition).computeIfAbsent(selection.node(), name -> new NodeRows());
        Writes writes = decision.apply(selected(partition, selection, rows)).orThrow();
        version++;
        List<Change> changes = new ArrayList<>();
        if (writes.removeNode()) {
            removeNode(selection.node(), rows, changes);
        } else {
            remove(selection.node(), rows, writes, changes);
            write(selection.node(), rows, writes, changes);
        }
        addresses.keep(nodes(partition).values().stream()
                .flatMap(each -> each.services.values().stream())
                .map(Indexed::value)
                .toList());
        return new Committed<>(null, changes.isEmpty() ? 0 : version, changes);
    }

    private Rows selected(PartitionName partition, Selection selection, NodeRows rows) {
        Map<String, Indexed<Service>> services = new HashMap<>(rows.services);
        Map<String, Indexed<Check>> checks = new HashMap<>(rows.checks);
        if (!selection.whole()) {
            services.keySet().retainAll(selection.services());
            checks.values()
                    .removeIf(
                            check -> !selection.checks().contains(check.value().id())
                                    && !services.containsKey(check.value().serviceId()));
        }
        Optional<String> nameOfId = nodes(partition).values().stream()
                .flatMap(other -> other.node.stream())
                .map(Indexed::value)
                .filter(node -> !selection.nodeId().isEmpty() && node.id().equals(selection.nodeId()))
                .map(Node::name)
                .filter(name -> !name.equals(selection.node()))
                .findFirst();
        return new Rows(rows.node, services, checks, nameOfId);
    }

    private void write(String name, NodeRows rows, Writes writes, List<Change> changes) {
        writes.node().ifPresent(node -> {
            Indexed<Node> before = rows.node.orElse(null);
            if (before == null || !before.value().equals(node)) {
                Indexed<Node> row = new Indexed<>(node, before == null ? version : before.createIndex(), version);
                rows.node = Optional.of(row);
                changes.add(upsert(RecordKind.NODE, name, row, node));
            }
        });
        writes.services().stream()
                .map(addresses::dressed)
                .forEach(service -> put(rows.services, service.id(), service)
                        .ifPresent(row -> changes.add(upsert(
                                RecordKind.SERVICE,
                                Keys.service(name, service.id()),
                                row,
                                new ServiceRecord(name, service)))));
        writes.checks()
                .forEach(check -> put(rows.checks, check.id(), check)
                        .ifPresent(row ->
                                changes.add(upsert(RecordKind.CHECK, Keys.check(name, check.id()), row, check))));
    }

    private <T> Optional<Indexed<T>> put(Map<String, Indexed<T>> held, String id, T value) {
        Indexed<T> before = held.get(id);
        if (before != null && before.value().equals(value)) {
            return Optional.empty();
        }
        Indexed<T> row = new Indexed<>(value, before == null ? version : before.createIndex(), version);
        held.put(id, row);
        return Optional.of(row);
    }

    private void remove(String name, NodeRows rows, Writes writes, List<Change> changes) {
        writes.removedServices().stream()
                .filter(rows.services::containsKey)
                .toList()
                .forEach(id -> {
                    rows.services.remove(id);
                    changes.add(Change.removal(RecordKind.SERVICE, Keys.service(name, id), version));
                    List<String> own = rows.checks.values().stream()
                            .map(Indexed::value)
                            .filter(check -> check.serviceId().equals(id))
                            .map(Check::id)
                            .toList();
                    own.forEach(check -> removeCheck(name, rows, check, changes));
                });
        writes.removedChecks().forEach(id -> removeCheck(name, rows, id, changes));
    }

    private void removeCheck(String name, NodeRows rows, String id, List<Change> changes) {
        if (rows.checks.remove(id) != null) {
            changes.add(Change.removal(RecordKind.CHECK, Keys.check(name, id), version));
        }
    }

    private void removeNode(String name, NodeRows rows, List<Change> changes) {
        List.copyOf(rows.checks.keySet()).forEach(id -> removeCheck(name, rows, id, changes));
        rows.services
                .keySet()
                .forEach(id -> changes.add(Change.removal(RecordKind.SERVICE, Keys.service(name, id), version)));
        rows.services.clear();
        rows.node.ifPresent(node -> changes.add(Change.removal(RecordKind.NODE, name, version)));
        rows.node = Optional.empty();
    }

    private synchronized void remember(PartitionName partition, String key, CheckReport report) {
        int separator = key.indexOf(Keys.SEPARATOR);
        NodeRows rows = nodes(partition).getOrDefault(key.substring(0, separator), new NodeRows());
        rows.checks.computeIfPresent(
                key.substring(separator + 1),
                (id, row) -> report.definitionVersion() == 0 || report.definitionVersion() == row.modifyIndex()
                        ? new Indexed<>(
                                row.value().withReport(report.status(), report.output()),
                                row.createIndex(),
                                row.modifyIndex())
                        : row);
    }

    private static Change upsert(RecordKind kind, String key, Indexed<?> row, Object value) {
        return Change.upsert(kind, key, row.modifyIndex(), row.createIndex(), value);
    }
}
