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
        return new CaRoot(
                id,
                name,
                serialNumber,
                signingKeyId,
                externalTrustDomain,
                notBefore,
                notAfter,
                rootCert,
                intermediateCerts,
                isActive,
                privateKeyType,
                privateKeyBits,
                createIndex);
    }

    public CaRoot withIntermediates(List<String> pems) {
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
                active,
                privateKeyType,
                privateKeyBits,
                createIndex);
    }

    public CaRoot withCreateIndex(long index) {
        return new CaRoot(
                id,
                name,
                serialNumber,
                signingKeyId,
                externalTrustDomain,
                notBefore,
                notAfter,
                rootCert,
                intermediateCerts,
                active,
                privateKeyType,
                privateKeyBits,
                index);
    }
}
