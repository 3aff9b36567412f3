package dev.entente.domain.chain;

import dev.entente.domain.config.HeaderModifiers;
import dev.entente.domain.config.ServiceSplitterEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at all steps of a chain together: no circles, no split that only leads to another split, no step that nothing leads to. */
final class ChainGraph {
    private static final float WHOLE = 100;

    private final String service;
    private final String start;
    private final SortedMap<String, ChainNode> nodes;
    /** Steps behind which there is no circle: two ways may lead to one step, and so many more to the next. */
    private final Set<String> straight = new HashSet<>();

    ChainGraph(String service, String start, SortedMap<String, ChainNode> nodes) {
        this.service = service;
        this.start = start;
        this.nodes = nodes;
    }

    void tidy() {
        refuseCircles(start, new LinkedHashSet<>());
        while (flattenOne()) {
            // A split that was flattened may lead to one that can be flattened too.
        }
        removeUnused();
    }

    private ChainNode node(String key) {
        ChainNode node = nodes.get(key);
        if (node == null) {
            throw new IllegalStateException("a chain leads to a step that is not there: " + key);
        }
        return node;
    }

    /** No deeper than a chain may be, which was made so. */
    private void refuseCircles(String key, Set<String> passed) {
        if (straight.contains(key)) {
            return;
        }
        if (!passed.add(key)) {
            throw new BrokenChainException("detected circular reference: ["
                    + String.join(
                            " -> ",
                            Stream.concat(passed.stream(), Stream.of(key)).toList()) + "]");
        }
        node(key).following().distinct().forEach(next -> refuseCircles(next, passed));
        passed.remove(key);
        straight.add(key);
    }

    private boolean flattenOne() {
        for (ChainNode node : nodes.values()) {
            if (node instanceof ChainNode.Splitter splitter
                    && splitter.following().anyMatch(this::isSplitter)) {
                refuseTooManyParts(splitter);
                List<ChainNode.Split> flat =
                        splitter.splits().stream().flatMap(this::flattened).toList();
                nodes.put(node.key(), new ChainNode.Splitter(splitter.name(), flat, splitter.loadBalancer()));
                return true;
            }
        }
        return false;
    }

    private void refuseTooManyParts(ChainNode.Splitter splitter) {
        long parts = splitter.following()
                .mapToLong(next -> node(next) instanceof ChainNode.Splitter inner
                        ? inner.splits().size()
                        : 1)
                .sum();
        if (parts > ChainBounds.MOST_PARTS) {
            throw ChainBounds.tooManyParts(service);
        }
    }

    private boolean isSplitter(String key) {
        return node(key) instanceof ChainNode.Splitter;
    }

    private Stream<ChainNode.Split> flattened(ChainNode.Split outer) {
        return node(outer.next()) instanceof ChainNode.Splitter inner
                ? inner.splits().stream().map(split -> merged(outer, split))
                : Stream.of(outer);
    }

    /** The request passes the outer split first, the answer the inner one; what comes later has the last word. */
    private static ChainNode.Split merged(ChainNode.Split outer, ChainNode.Split inner) {
        ServiceSplitterEntry.Split of = inner.definition();
        ServiceSplitterEntry.Split definition = new ServiceSplitterEntry.Split(
                of.weight(),
                of.service(),
                of.serviceSubset(),
                of.namespace(),
                of.partition(),
                merged(outer.definition().requestHeaders(), of.requestHeaders()),
                merged(of.responseHeaders(), outer.definition().responseHeaders()));
        float weight = ServiceSplitterEntry.roundedWeight(outer.weight() * inner.weight() / WHOLE);
        return new ChainNode.Split(definition, weight, inner.next());
    }

    private static @Nullable HeaderModifiers merged(@Nullable HeaderModifiers first, @Nullable HeaderModifiers last) {
        if (first == null || first.isEmpty()) {
            return last;
        }
        if (last == null || last.isEmpty()) {
            return first;
        }
        Map<String, String> add = new HashMap<>(first.add());
        add.putAll(last.add());
        Map<String, String> set = new HashMap<>(first.set());
        set.putAll(last.set());
        Set<String> remove = new LinkedHashSet<>(first.remove());
        remove.addAll(last.remove());
        return new HeaderModifiers(add, set, new ArrayList<>(remove));
    }

    private void removeUnused() {
        Set<String> used = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty()) {
            String key = open.pop();
            if (used.add(key)) {
                node(key).following().forEach(open::push);
            }
        }
        nodes.keySet().retainAll(used);
    }
}
