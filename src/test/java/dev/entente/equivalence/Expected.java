package dev.entente.equivalence;

import java.util.Set;

/** What has to hold in every pair after a step, as far as the script knows it. */
record Expected(Peered a, Peered b, Exports fromA, Exports fromB) {
    /** How a side sees the peering. */
    enum Peered {
        NONE,
        PENDING,
        ACTIVE,
        TERMINATED
    }

    /** What a side exports to the other. */
    record Exports(boolean everything, Set<String> names) {
        Exports {
            names = Set.copyOf(names);
        }

        boolean has(String service) {
            return everything || names.contains(service);
        }
    }

    Peered at(Side side) {
        return side == Side.A ? a : b;
    }

    Exports from(Side side) {
        return side == Side.A ? fromA : fromB;
    }

    boolean isConnected() {
        return a == Peered.ACTIVE && b == Peered.ACTIVE;
    }
}
