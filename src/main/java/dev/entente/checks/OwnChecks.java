package dev.entente.checks;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.CheckDefinition;
import dev.entente.domain.catalog.Indexed;
import dev.entente.engine.view.NodeContents;
import dev.entente.engine.view.View;
import java.util.LinkedHashMap;
import java.util.Map;

/** The checks of this replica's node that are to be run, in all partitions, as the view shows them now. */
final class OwnChecks {
    private OwnChecks() {}

    static Map<CheckKey, Check> of(View view, String node) {
        Map<CheckKey, Check> checks = new LinkedHashMap<>();
        view.partitions()
                .forEach(name -> view.partition(name)
                        .flatMap(partition -> partition.node(null, node).value())
                        .map(NodeContents::checks)
                        .ifPresent(found -> found.stream()
                                .map(Indexed::value)
                                .filter(check -> check.node().equals(node)
                                        && !check.run().equals(CheckDefinition.NONE))
                                .forEach(check -> checks.put(new CheckKey(name, check.id()), check))));
        return checks;
    }
}
