package dev.entente.engine.view;

import dev.entente.domain.catalog.Instance;
import java.util.Comparator;

/** An instance by its node and its id there; their order is that of a service's instances. */
record InstanceKey(String node, String id) implements Comparable<InstanceKey> {
    /** The same order for the instances themselves. */
    static final Comparator<Instance> OF_INSTANCES = Comparator.comparing(
                    (Instance instance) -> instance.node().value().name(), Topic.BY_NAME)
            .thenComparing(instance -> instance.service().value().id(), Topic.BY_NAME);

    private static final Comparator<InstanceKey> ORDER =
            Comparator.comparing(InstanceKey::node, Topic.BY_NAME).thenComparing(InstanceKey::id, Topic.BY_NAME);

    static InstanceKey of(Instance instance) {
        return new InstanceKey(
                instance.node().value().name(), instance.service().value().id());
    }

    @Override
    public int compareTo(InstanceKey other) {
        return ORDER.compare(this, other);
    }
}
