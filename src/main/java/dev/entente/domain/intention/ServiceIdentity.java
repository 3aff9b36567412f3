package dev.entente.domain.intention;

/**
 * A service that calls another.
 *
 * @param peer the peer by whose trust bundle its identity was verified; empty for a service of this cluster
 */
public record ServiceIdentity(String peer, String service) {
    /** A service of this cluster. */
    public static ServiceIdentity local(String service) {
        return new ServiceIdentity("", service);
    }
}
