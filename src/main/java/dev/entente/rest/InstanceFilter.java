package dev.entente.rest;

import dev.entente.domain.catalog.Instance;
import dev.entente.domain.query.Filter;
import dev.entente.domain.query.Row;
import dev.entente.rest.http.Call;
import dev.entente.rest.http.GoBoolean;
import dev.entente.rest.http.Reads.Question;
import dev.entente.rest.json.Origin;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which instances of a service a request wants (protocol chapters 6.1.4 and 6.4).
 *
 * @param tags in lower case; all must be there
 * @param expression what else is asked for
 */
record InstanceFilter(
        boolean passing, List<String> tags, NodeMetaFilter nodes, Origin origin, Filter<Row<Instance>> expression) {
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

    static InstanceFilter of(Call call, Origin origin, Filter<Row<Instance>> expression) {
        return new InstanceFilter(passing(call).orElse(false), tags(call), NodeMetaFilter.of(call), origin, expression);
    }

    /** What the request says of {@code passing}; empty when that is no boolean. */
    static Optional<Boolean> passing(Call call) {
        String value = call.query().first("passing");
        return value.isEmpty() ? Optional.of(call.query().has("passing")) : GoBoolean.parse(value);
    }

    /** For the catalog, which knows nothing of health. */
    static InstanceFilter ofCatalog(Call call, Origin origin, Filter<Row<Instance>> expression) {
        return new InstanceFilter(false, tags(call), NodeMetaFilter.of(call), origin, expression);
    }

    /** The same for the endpoints of a service in the mesh: its proxies have tags of their own, which are not asked for. */
    InstanceFilter withoutTags() {
        return new InstanceFilter(passing, List.of(), nodes, origin, expression);
    }

    /** For the names of services: tags are not asked for there. */
    static InstanceFilter ofNames(Call call, Origin origin, Filter<Row<Instance>> expression) {
        return new InstanceFilter(false, List.of(), NodeMetaFilter.of(call), origin, expression);
    }

    /** Whether every instance passes. */
    boolean isAll() {
        return !passing && tags.isEmpty() && nodes.isEmpty() && expression.isAll();
    }

    /** An empty tag is a tag as well, one that no instance has. */
    private static List<String> tags(Call call) {
        return call.query().all("tag").stream()
                .map(tag -> tag.toLowerCase(Locale.ROOT))
                .toList();
    }

    List<Instance> apply(List<Instance> instances) {
        List<Instance> wanted = instances.stream().filter(this::wants).toList();
        return origin.only(expression, wanted);
    }

    /** The question about the wanted ones only: a reader who waits does not hear of the others. */
    Question<List<Instance>> within(Question<List<Instance>> question) {
        return new Question<>(
                question.permission(),
                question.topics(),
                view -> question.read().apply(view).map(this::apply));
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
