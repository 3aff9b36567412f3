package dev.entente.engine.view;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Instance;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a service when some of its instances were touched. All others are taken over as they are, and only the touched ones are
 * compared, so that a check that fails among thousands of instances costs little more than among ten.
 *
 * @param isNone whether the touched ones are what they were
 * @param keepsServices whether their services are, with names, tags and destinations
 * @param keepsOwnChecks whether their checks are, those of their nodes aside
 */
record InstanceChanges(List<Instance> after, boolean isNone, boolean keepsServices, boolean keepsOwnChecks) {

    /**
     * @param before in the order of their keys
     * @param now the instance as it is now, or null when the service has none there
     */
    static InstanceChanges of(
            List<Instance> before, SortedSet<InstanceKey> touched, Function<InstanceKey, @Nullable Instance> now) {
        List<Instance> after = new ArrayList<>(before.size() + touched.size());
        boolean isNone = true;
        boolean keepsServices = true;
        boolean keepsOwnChecks = true;
        int taken = 0;
        for (InstanceKey key : touched) {
            int found = find(before, key, taken);
            int place = found < 0 ? -found - 1 : found;
            after.addAll(before.subList(taken, place));
            taken = found < 0 ? place : place + 1;
            Instance old = found < 0 ? null : before.get(found);
            Instance fresh = now.apply(key);
            if (fresh != null) {
                after.add(fresh);
            }
            isNone &= old == null ? fresh == null : old.equals(fresh);
            keepsServices &= hasSameService(old, fresh);
            keepsOwnChecks &= ownChecks(old).equals(ownChecks(fresh));
        }
        after.addAll(before.subList(taken, before.size()));
        return new InstanceChanges(after, isNone, keepsServices, keepsOwnChecks);
    }

    /** As {@link java.util.Collections#binarySearch}, from a place on. */
    private static int find(List<Instance> instances, InstanceKey key, int from) {
        int low = from;
        int high = instances.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = InstanceKey.of(instances.get(middle)).compareTo(key);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    private static boolean hasSameService(@Nullable Instance one, @Nullable Instance other) {
        if (one == null || other == null) {
            return one == null && other == null;
        }
        return one.service().value().equals(other.service().value());
    }

    private static List<Indexed<Check>> ownChecks(@Nullable Instance instance) {
        return instance == null
                ? List.of()
                : instance.checks().stream()
                        .filter(check -> !check.value().isNodeCheck())
                        .toList();
    }
}
