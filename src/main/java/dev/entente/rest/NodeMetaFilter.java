package dev.entente.rest;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.identity.PeerName;
import dev.entente.engine.view.Found;
import dev.entente.engine.view.PartitionView;
import dev.entente.rest.http.Call;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The nodes that {@code node-meta} asks for: all pairs must be there (protocol chapter 6.1.4). */
record NodeMetaFilter(Map<String, String> pairs) {

    static NodeMetaFilter of(Call call) {
        Map<String, String> pairs = new HashMap<>();
        for (String pair : call.query().all("node-meta")) {
            int colon = pair.indexOf(':');
            pairs.put(colon < 0 ? pair : pair.substring(0, colon), colon < 0 ? "" : pair.substring(colon + 1));
        }
        return new NodeMetaFilter(pairs);
    }

    boolean isEmpty() {
        return pairs.isEmpty();
    }

    boolean wants(Node node) {
        return pairs.entrySet().stream()
                .allMatch(pair -> pair.getValue().equals(node.meta().get(pair.getKey())));
    }

    List<Indexed<Node>> apply(List<Indexed<Node>> nodes) {
        return isEmpty()
                ? nodes
                : nodes.stream().filter(node -> wants(node.value())).toList();
    }

    /** The checks on nodes that are wanted. */
    Found<List<Indexed<Check>>> apply(PartitionView view, @Nullable PeerName peer, Found<List<Indexed<Check>>> checks) {
        if (isEmpty()) {
            return checks;
        }
        Set<String> names = view.nodes(peer).value().stream()
                .map(Indexed::value)
                .filter(this::wants)
                .map(Node::name)
                .collect(Collectors.toSet());
        return checks.map(all -> all.stream()
                .filter(check -> names.contains(check.value().node()))
                .toList());
    }
}
