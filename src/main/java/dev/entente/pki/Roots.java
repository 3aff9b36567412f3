package dev.entente.pki;

import dev.entente.domain.identity.TrustDomain;
import dev.entente.domain.trust.CaRoot;
import dev.entente.engine.port.CaStore.KeyedRoot;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;

/** Makes the self-signed roots of a cluster (protocol chapter 6.9). */
final class Roots {
    private static final Duration LIFETIME = Duration.ofDays(3650);
    /** So that a certificate is valid at once where clocks differ a little. */
    static final Duration BACKDATED = Duration.ofMinutes(1);

    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

    private Roots() {}

    /** A new root with its key; active. */
    static KeyedRoot make(String clusterId, Instant now) {
        KeyPair key = CertificateForge.newKey();
        X500Name name = new X500Name("CN=pri-" + CertificateForge.randomLabel(7) + ".consul.ca."
                + clusterId.substring(0, Math.min(8, clusterId.length())) + ".consul");
        byte[] der = CertificateForge.authority(
                contents(name, TrustDomain.ofCluster(clusterId), now),
                key.getPublic(),
                new CertificateForge.Signer(name, key.getPublic(), key.getPrivate()));
        return keyed(clusterId, Pem.ofCertificate(der), List.of(), key.getPrivate());
    }

    /**
     * A new root that those who know only the earlier one trust as well: the earlier root signs its key too, and that second
     * certificate is sent beside every leaf.
     */
    static KeyedRoot succeed(KeyedRoot earlier, String clusterId, Instant now) {
        KeyedRoot next = make(clusterId, now);
        try {
            X509Certificate nextCertificate = Pem.certificate(next.root().rootCert());
            byte[] bridge = CertificateForge.authority(
                    contents(
                            X500Name.getInstance(
                                    nextCertificate.getSubjectX500Principal().getEncoded()),
                            TrustDomain.ofCluster(clusterId),
                            now),
                    nextCertificate.getPublicKey(),
                    signer(earlier));
            return keyed(
                    clusterId,
                    next.root().rootCert(),
                    List.of(Pem.ofCertificate(bridge)),
                    Pem.ecPrivateKey(next.privateKeyPem()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a root of this cluster cannot be read", e);
        }
    }

    static CertificateForge.Signer signer(KeyedRoot root) throws GeneralSecurityException {
        return CertificateForge.Signer.of(
                Pem.certificate(root.root().rootCert()), Pem.ecPrivateKey(root.privateKeyPem()));
    }

    private static CertificateForge.Contents contents(X500Name name, TrustDomain trustDomain, Instant now) {
        Instant from = now.truncatedTo(ChronoUnit.SECONDS).minus(BACKDATED);
        return new CertificateForge.Contents(
                name, "spiffe://" + trustDomain.value(), List.of(), from, from.plus(LIFETIME));
    }

    private static KeyedRoot keyed(String clusterId, String pem, List<String> intermediates, PrivateKey key) {
        try {
            X509Certificate certificate = Pem.certificate(pem);
            CaRoot root = new CaRoot(
                    COLONS.formatHex(MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded())),
                    "Consul CA Primary Cert",
                    certificate.getSerialNumber().longValueExact(),
                    COLONS.formatHex(CertificateForge.keyId(certificate.getPublicKey())),
                    clusterId,
                    certificate.getNotBefore().toInstant(),
                    certificate.getNotAfter().toInstant(),
                    pem,
                    intermediates,
                    true,
                    "ec",
                    256);
            return new KeyedRoot(root, Pem.ofPrivateKey(key));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was just made cannot be read", e);
        }
    }
}
