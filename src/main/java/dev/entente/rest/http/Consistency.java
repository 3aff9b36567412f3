package dev.entente.rest.http;

/** How fresh a read wants to be, as the answer's header names it. */
public enum Consistency {
    LEADER,
    STALE,
    CONSISTENT;

    String header() {
        return switch (this) {
            case LEADER -> "leader";
            case STALE -> "stale";
            case CONSISTENT -> "consistent";
        };
    }
}
