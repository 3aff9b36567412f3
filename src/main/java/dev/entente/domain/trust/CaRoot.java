package dev.entente.domain.trust;

import java.time.Instant;
import java.util.List;

/**
 * A root of the cluster's certificate authority as clients see it (protocol chapter 6.9); the private key is not here.
 *
 * @param id SHA-1 fingerprint of the certificate, colon separated
 * @param signingKeyId the subject key id, colon separated
 * @param serialNumber the lower 64 bits of the certificate's number
 * @param createIndex when the root was first stored; 0 before that
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
        int privateKeyBits,
        long createIndex) {
    public CaRoot {
        intermediateCerts = List.copyOf(intermediateCerts);
    }

    public CaRoot withActive(boolean isActive) {
        return with(intermediateCerts, isActive, createIndex);
    }

    public CaRoot withIntermediates(List<String> pems) {
        return with(pems, active, createIndex);
    }

    public CaRoot withCreateIndex(long index) {
        return with(intermediateCerts, active, index);
    }

    private CaRoot with(List<String> pems, boolean isActive, long index) {
        return new CaRoot(
                id,
                name,
                serialNumber,
                signingKeyId,
                externalTrustDomain,
                notBefore,
                notAfter,
                rootCert,
                pems,
                isActive,
                privateKeyType,
                privateKeyBits,
                index);
    }
}
