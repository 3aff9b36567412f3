package dev.entente.postgres;

import dev.entente.domain.identity.PartitionName;

/** A node's place. */
record NodeKey(PartitionName partition, String name) {
    LockKey lock() {
        return LockKey.of("node", partition, name);
    }

    /** The lock of a node id: two nodes that take the same one must not both believe to be alone. */
    LockKey lockOfId(String nodeId) {
        return LockKey.of("node id", partition, nodeId);
    }
}
