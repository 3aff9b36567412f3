package dev.entente.engine.view;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.ImportedInstance;
import dev.entente.domain.catalog.ImportedService;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Instance;
import dev.entente.domain.catalog.Node;
import dev.entente.engine.port.LogEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Gives what a peer sent its indexes. What did not change keeps those that it has, so that one flip does not look like ten. */
final class ImportedIndexes {
    private final Map<Id, Instance> before = new HashMap<>();
    private final Function<String, @Nullable ImportedNode> nodes;
    private final LogEntry entry;

    private record Id(String node, String service) {}

    /** {@code nodes}: what is known of a node by its name. */
    ImportedIndexes(List<Instance> before, Function<String, @Nullable ImportedNode> nodes, LogEntry entry) {
        this.nodes = nodes;
        this.entry = entry;
        for (Instance instance : before) {
            this.before.put(
                    new Id(
                            instance.node().value().name(),
                            instance.service().value().id()),
                    instance);
        }
    }

    List<Instance> of(ImportedService service) {
        List<Instance> instances = new ArrayList<>(service.instances().size());
        for (ImportedInstance imported : service.instances()) {
            instances.add(indexed(imported));
        }
        return instances;
    }

    private Instance indexed(ImportedInstance imported) {
        String name = imported.node().name();
        Instance old = before.get(new Id(name, imported.service().id()));
        ImportedNode rows = nodes.apply(name);
        Optional<Indexed<Node>> node = rows == null ? Optional.empty() : rows.node();
        Map<String, Indexed<Check>> checks = new HashMap<>();
        if (old != null) {
            old.checks().forEach(check -> checks.put(check.value().id(), check));
        }
        return new Instance(
                kept(node.orElse(null), imported.node()),
                kept(old == null ? null : old.service(), imported.service()),
                imported.checks().stream()
                        .map(check -> kept(checks.get(check.id()), check))
                        .toList());
    }

    private <T> Indexed<T> kept(@Nullable Indexed<T> old, T value) {
        if (old == null) {
            return new Indexed<>(value, entry.createPosition(), entry.position());
        }
        return old.value().equals(value) ? old : new Indexed<>(value, old.createIndex(), entry.position());
    }
}
