package dev.entente.rest;

import dev.entente.domain.catalog.Instance;
import dev.entente.rest.http.Call;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Which instances of a service a request wants (protocol chapters 6.1.4 and 6.4).
 *
 * @param tags in lower case; all must be there
 */
record InstanceFilter(boolean passing, List<String> tags, NodeMetaFilter nodes) {
    /** The parameters that do not change which instances are shown, nor in which form. */
    private static final List<String> NEUTRAL = List.of(
            "peer",
            "index",
            "wait",
            "stale",
            "consistent",
            "leader",
            "cached",
            "max_stale",
            "dc",
            "ns",
            "partition",
            "token",
            "pretty");

    /** Whether the answer is all instances, so that its encoded form can be shared. */
    static boolean asksNothing(Call call) {
        return call.query().hasOnly(NEUTRAL);
    }

    static InstanceFilter of(Call call) {
        boolean passing = call.flag("passing", "Invalid value for ?passing");
        return new InstanceFilter(passing, tags(call), NodeMetaFilter.of(call));
    }

    /** For the catalog, which knows nothing of health. */
    static InstanceFilter ofCatalog(Call call) {
        return new InstanceFilter(false, tags(call), NodeMetaFilter.of(call));
    }

    /** An empty tag is a tag as well, one that no instance has. */
    private static List<String> tags(Call call) {
        return call.query().all("tag").stream()
                .map(tag -> tag.toLowerCase(Locale.ROOT))
                .toList();
    }

    List<Instance> apply(List<Instance> instances) {
        return instances.stream().filter(this::wants).toList();
    }

    private boolean wants(Instance instance) {
        return (!passing
                        || instance.checks().stream()
                                .allMatch(check -> check.value().isPassing()))
                && hasTags(instance)
                && nodes.wants(instance.node().value());
    }

    private boolean hasTags(Instance instance) {
        return tags.isEmpty()
                || instance.service().value().tags().stream()
                        .map(tag -> tag.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet())
                        .containsAll(tags);
    }
}
