package dev.entente.engine.port;

import java.time.Instant;

/**
 * A certificate of a service with its key (protocol chapter 6.8, IssuedCert). It is given to the agent's clients and never stored.
 *
 * @param certificatePem the certificate, then what leads to roots that others may know
 * @param rootId the root that signed
 * @param index larger than that of every certificate before it
 */
public record IssuedLeaf(
        String serialNumber,
        String certificatePem,
        String privateKeyPem,
        String service,
        String uri,
        Instant validAfter,
        Instant validBefore,
        String rootId,
        long index) {
    @Override
    public String toString() {
        return "IssuedLeaf[" + serialNumber + " " + uri + "]";
    }
}
