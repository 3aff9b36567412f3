package dev.entente.equivalence;

/** The two clusters of a pair. Names are the same in all pairs, so that answers can be laid on each other. */
enum Side {
    A("dc1"),
    B("dc2");

    private final String datacenter;

    Side(String datacenter) {
        this.datacenter = datacenter;
    }

    String datacenter() {
        return datacenter;
    }

    /** The agent's own node. */
    String node() {
        return this == A ? "node-a" : "node-b";
    }

    /** What this side calls the other one. */
    String peer() {
        return this == A ? "to-b" : "to-a";
    }

    Side other() {
        return this == A ? B : A;
    }
}
