package dev.entente.domain.chain;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What becomes of calls to a service.
 *
 * @param customization tells apart chains that were changed by overrides; empty when they changed nothing
 * @param isDefault whether calls just go to the instances of the service
 * @param serviceMeta what the service's defaults note
 */
public record DiscoveryChain(
        String service,
        String partition,
        String datacenter,
        String customization,
        boolean isDefault,
        String protocol,
        Map<String, String> serviceMeta,
        String startNode,
        SortedMap<String, ChainNode> nodes,
        SortedMap<String, ChainTarget> targets) {
    public DiscoveryChain {
        serviceMeta = Map.copyOf(serviceMeta);
        nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
        targets = Collections.unmodifiableSortedMap(new TreeMap<>(targets));
    }

    public String namespace() {
        return ChainQuestion.NAMESPACE;
    }

    /** Whether the chain begins by resolving, with nothing routed or split. */
    public boolean beginsWithResolver() {
        return nodes.get(startNode) instanceof ChainNode.Resolver;
    }
}
