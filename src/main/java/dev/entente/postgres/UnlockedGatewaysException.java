package dev.entente.postgres;

import java.util.Set;

/**
 * A transaction turned out to write instances of terminating gateways. Their locks come before that of a node, so it is undone, and
 * begun again with them.
 */
final class UnlockedGatewaysException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Set<String> gateways;

    UnlockedGatewaysException(Set<String> gateways) {
        super("gateways are not locked: " + gateways, null, false, false);
        this.gateways = Set.copyOf(gateways);
    }

    /** The keys of the names of all gateways that have to be locked. */
    Set<String> gateways() {
        return gateways;
    }
}
