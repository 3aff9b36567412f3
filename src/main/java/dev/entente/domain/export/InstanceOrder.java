package dev.entente.domain.export;

import dev.entente.domain.catalog.Instance;
import java.util.List;

/** The order of the instances in a payload: bytewise by {@code //<node>//<service id>} (protocol chapter 5.3). */
final class InstanceOrder {
    private record Keyed(String key, Instance instance) {}

    private InstanceOrder() {}

    static List<Instance> sorted(List<Instance> instances) {
        return instances.stream()
                .map(InstanceOrder::keyed)
                .sorted((left, right) -> bytewise(left.key(), right.key()))
                .map(Keyed::instance)
                .toList();
    }

    private static Keyed keyed(Instance instance) {
        return new Keyed(
                "//" + instance.node().value().name() + "//"
                        + instance.service().value().id(),
                instance);
    }

    /** The order of the UTF-8 bytes is that of the code points. */
    private static int bytewise(String left, String right) {
        int shorter = Math.min(left.length(), right.length());
        for (int i = 0; i < shorter; i++) {
            if (left.charAt(i) != right.charAt(i)) {
                return Integer.compare(weight(left.charAt(i)), weight(right.charAt(i)));
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    /** Halves of surrogate pairs stand for code points beyond all single characters. */
    private static int weight(char character) {
        return Character.isSurrogate(character) ? character + 0x10000 : character;
    }
}
