package dev.entente.domain.peering;

/** States as clients read them; ACTIVE and FAILING are never stored (protocol chapter 3.8). */
public enum PeeringState {
    UNDEFINED,
    PENDING,
    ESTABLISHING,
    ACTIVE,
    FAILING,
    DELETING,
    TERMINATED
}
