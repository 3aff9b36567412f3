package dev.entente.checks;

import dev.entente.domain.catalog.AliasRule;
import dev.entente.domain.catalog.AliasRule.Shown;
import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.CheckDefinition;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.view.NodeContents;
import dev.entente.engine.view.Topic;
import dev.entente.engine.view.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lets checks follow other checks, all of them in one pass over the nodes concerned: ten thousand sidecars cost as much as one walk
 * over their node. Touched by one thread at a time.
 */
final class Aliases {
    private final View view;
    private final String ownNode;
    private final Reporter reporter;
    private final Runnable onChange;
    /** Watches of other nodes; the own one is watched anyway. */
    private final Map<Place, View.Watch> watches = new HashMap<>();

    Aliases(View view, String ownNode, Reporter reporter, Runnable onChange) {
        this.view = view;
        this.ownNode = ownNode;
        this.reporter = reporter;
        this.onChange = onChange;
    }

    private record Place(PartitionName partition, String node) {}

    /** Everything of a node that aliases ask for. */
    private record Contents(List<Check> nodeChecks, Map<String, List<Check>> serviceChecks, Set<String> services) {
        static Contents of(NodeContents node) {
            List<Check> checks = node.checks().stream().map(Indexed::value).toList();
            return new Contents(
                    checks.stream().filter(Check::isNodeCheck).toList(),
                    checks.stream()
                            .filter(check -> !check.isNodeCheck())
                            .collect(Collectors.groupingBy(Check::serviceId)),
                    node.services().stream()
                            .map(service -> service.value().id())
                            .collect(Collectors.toSet()));
        }
    }

    void follow(Map<CheckKey, Check> checks) {
        Map<Place, Optional<Contents>> nodes = new HashMap<>();
        Set<Place> others = new HashSet<>();
        checks.forEach((key, check) -> {
            if (check.run().isAlias()) {
                Place place = placeOf(key, check.run());
                if (!place.node().equals(ownNode)) {
                    others.add(place);
                }
                follow(key, check, nodes.computeIfAbsent(place, this::contents));
            }
        });
        watch(others);
    }

    void stop() {
        watch(Set.of());
    }

    private Place placeOf(CheckKey key, CheckDefinition alias) {
        return new Place(key.partition(), alias.aliasNode().isEmpty() ? ownNode : alias.aliasNode());
    }

    private Optional<Contents> contents(Place place) {
        return view.partition(place.partition())
                .flatMap(partition -> partition.node(null, place.node()).value())
                .map(Contents::of);
    }

    private void follow(CheckKey key, Check check, Optional<Contents> node) {
        Shown shown = AliasRule.of(check.run(), followed(check, node), exists(check.run(), node));
        if (!shown.status().equals(check.status()) || !shown.output().equals(check.output())) {
            reporter.report(key, new ProbeResult(shown.status(), shown.output()));
        }
    }

    private static boolean exists(CheckDefinition alias, Optional<Contents> node) {
        return node.filter(found ->
                        alias.aliasService().isEmpty() || found.services().contains(alias.aliasService()))
                .isPresent();
    }

    /** An agent does not know whether it is alive itself: only an alias that names a node follows {@code serfHealth}. */
    private static List<Check> followed(Check check, Optional<Contents> node) {
        List<Check> checks = new ArrayList<>();
        CheckDefinition alias = check.run();
        node.ifPresent(found -> {
            found.nodeChecks().stream()
                    .filter(other -> !alias.aliasNode().isEmpty() || !other.id().equals(Check.SERF_HEALTH))
                    .forEach(checks::add);
            checks.addAll(found.serviceChecks().getOrDefault(alias.aliasService(), List.of()));
        });
        checks.removeIf(other -> other.id().equals(check.id()));
        return checks;
    }

    private void watch(Set<Place> wanted) {
        watches.entrySet().removeIf(entry -> {
            boolean gone = !wanted.contains(entry.getKey());
            if (gone) {
                entry.getValue().close();
            }
            return gone;
        });
        wanted.forEach(place -> watches.computeIfAbsent(
                place, fresh -> view.watch(fresh.partition(), Set.of(Topic.node(null, fresh.node())), onChange)));
    }
}
