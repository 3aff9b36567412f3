package dev.entente.engine.view;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Instance;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The instances of one service, immutable, together with their encoded form: made by the first reader that needs it and shared by
 * all until the entry changes, or memory is short.
 */
public final class ServiceInstances {
    public static final ServiceInstances NONE = new ServiceInstances(List.of());

    private static final Comparator<Indexed<Check>> BY_NODE_AND_ID = Comparator.comparing(
                    (Indexed<Check> check) -> check.value().node(), Topic.BY_NAME)
            .thenComparing(check -> check.value().id(), Topic.BY_NAME);

    private final List<Instance> instances;
    private final long checksIndex;
    private volatile @Nullable InstanceNames names;
    private volatile @Nullable SoftReference<byte[]> encoded;

    public ServiceInstances(List<Instance> instances) {
        this(instances, 1);
    }

    ServiceInstances(List<Instance> instances, long checksIndex) {
        this(instances, checksIndex, null);
    }

    /** With the names, where they are known. */
    ServiceInstances(List<Instance> instances, long checksIndex, @Nullable InstanceNames names) {
        this.instances = List.copyOf(instances);
        this.checksIndex = checksIndex;
        this.names = names;
    }

    InstanceNames names() {
        InstanceNames known = names;
        if (known == null) {
            known = InstanceNames.of(instances);
            names = known;
        }
        return known;
    }

    /** The position at which a check of an instance last changed. */
    long checksIndex() {
        return checksIndex;
    }

    ServiceInstances notBefore(long position) {
        return new ServiceInstances(instances, Math.max(checksIndex, position), names);
    }

    /** The checks of the instances, without those of their nodes; by node and id, whichever instances they belong to. */
    List<Indexed<Check>> ownChecks() {
        return unsortedOwnChecks().sorted(BY_NODE_AND_ID).toList();
    }

    private Stream<Indexed<Check>> unsortedOwnChecks() {
        return instances.stream()
                .flatMap(instance -> instance.checks().stream())
                .filter(check -> !check.value().isNodeCheck());
    }

    boolean hasOwnChecks() {
        return unsortedOwnChecks().findAny().isPresent();
    }

    /** Whether {@link #ownChecks} are equal; what did not change is the same object in both, and only the rest is sorted. */
    boolean hasSameOwnChecks(ServiceInstances other) {
        Set<Indexed<Check>> ours = Collections.newSetFromMap(new IdentityHashMap<>());
        unsortedOwnChecks().forEach(ours::add);
        List<Indexed<Check>> theirs = new ArrayList<>();
        other.unsortedOwnChecks().filter(check -> !ours.remove(check)).forEach(theirs::add);
        List<Indexed<Check>> rest = new ArrayList<>(ours);
        rest.sort(BY_NODE_AND_ID);
        theirs.sort(BY_NODE_AND_ID);
        return rest.equals(theirs);
    }

    public List<Instance> instances() {
        return instances;
    }

    /** The encoded form; two first readers may both make it, and the result is the same. */
    public byte[] encoded(Function<List<Instance>, byte[]> encoder) {
        SoftReference<byte[]> held = encoded;
        byte[] bytes = held == null ? null : held.get();
        if (bytes == null) {
            bytes = encoder.apply(instances);
            encoded = new SoftReference<>(bytes);
        }
        return bytes;
    }
}
