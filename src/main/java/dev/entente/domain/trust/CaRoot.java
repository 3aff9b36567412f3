package dev.entente.domain.trust;

import java.time.Instant;
import java.util.List;

/**
 * A root of the cluster's certificate authority as clients see it (protocol chapter 6.9); the private key is not here.
 *
 * @param id SHA-1 fingerprint of the certificate, colon separated
 * @param signingKeyId the subject key id, colon separated
 */
public record CaRoot(
        String id,
        String name,
        long serialNumber,
        String signingKeyId,
        String externalTrustDomain,
        Instant notBefore,
        Instant notAfter,
        String rootCert,
        List<String> intermediateCerts,
        boolean active,
        String privateKeyType,
        int privateKeyBits) {
    public CaRoot {
        intermediateCerts = List.copyOf(intermediateCerts);
    }
}
