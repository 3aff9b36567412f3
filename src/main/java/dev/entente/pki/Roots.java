package dev.entente.pki;

import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import dev.entente.domain.identity.TrustDomain;
import dev.entente.domain.trust.CaRoot;
import dev.entente.domain.trust.CaSettings;
import dev.entente.engine.port.CaStore.KeyedRoot;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;

/** Makes the roots of a cluster (protocol chapter 6.9). */
final class Roots {
    /** So that a certificate is valid at once where clocks differ a little. */
    static final Duration BACKDATED = Duration.ofMinutes(1);

    /** How many replaced roots still vouch for the newest one: TLS libraries bound the length of a chain. */
    private static final int BRIDGES = 5;

    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

    private Roots() {}

    /** The root that the settings ask for, with its key; active. */
    static KeyedRoot make(CaSettings settings, String clusterId, Instant now) {
        KeyPair key = key(settings);
        if (!settings.rootCert().isEmpty()) {
            return given(settings.rootCert(), key, clusterId);
        }
        X500Name name = new X500Name("CN=pri-" + CertificateForge.randomLabel(7) + ".consul.ca."
                + clusterId.substring(0, Math.min(8, clusterId.length())) + ".consul");
        Instant from = backdated(now);
        byte[] der = CertificateForge.authority(
                new CertificateForge.Contents(
                        name,
                        "spiffe://" + TrustDomain.ofCluster(clusterId).value(),
                        List.of(),
                        from,
                        from.plus(settings.rootTtl())),
                key.getPublic(),
                new CertificateForge.Signer(name, key.getPublic(), key.getPrivate()));
        return keyed(clusterId, Pem.ofCertificate(der), key.getPrivate());
    }

    /**
     * The next root so that those who know only an earlier one trust it as well: the earlier root signs its key too, and that
     * second certificate is sent beside every leaf. It is valid as long as the earlier root, because a peer's dialer may know no
     * other root than those of its token, however old that is. What vouched for the earlier root stays in the chain.
     */
    static KeyedRoot vouchedFor(KeyedRoot next, KeyedRoot earlier, Instant now) {
        try {
            X509Certificate certificate = Pem.certificate(next.root().rootCert());
            byte[] bridge = CertificateForge.crossSigned(
                    certificate, signer(earlier), backdated(now), earlier.root().notAfter());
            List<String> bridges = new ArrayList<>();
            bridges.add(Pem.ofCertificate(bridge));
            for (String older : earlier.root().intermediateCerts()) {
                boolean isValid =
                        Pem.certificate(older).getNotAfter().toInstant().isAfter(now);
                if (isValid && bridges.size() < BRIDGES) {
                    bridges.add(older);
                }
            }
            return new KeyedRoot(next.root().withIntermediates(bridges), next.privateKeyPem(), null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a root of this cluster cannot be read", e);
        }
    }

    static CertificateForge.Signer signer(KeyedRoot root) throws GeneralSecurityException {
        return CertificateForge.Signer.of(
                Pem.certificate(root.root().rootCert()),
                SigningKey.read(root.privateKeyPem()).getPrivate());
    }

    static Instant backdated(Instant now) {
        return now.truncatedTo(ChronoUnit.SECONDS).minus(BACKDATED);
    }

    private static KeyPair key(CaSettings settings) {
        if (settings.privateKey().isEmpty()) {
            return SigningKey.make(settings.keyType(), settings.keyBits());
        }
        try {
            return SigningKey.read(settings.privateKey());
        } catch (GeneralSecurityException e) {
            throw refused("the private key cannot be read: it has to be an EC or RSA key in PEM format");
        }
    }

    /** What an operator brought has to fit together, or no leaf that it signs would ever be trusted. */
    private static KeyedRoot given(String pem, KeyPair key, String clusterId) {
        try {
            X509Certificate certificate = Pem.certificate(pem);
            if (!certificate.getPublicKey().equals(key.getPublic())) {
                throw refused("the private key does not belong to the root certificate");
            }
            if (certificate.getBasicConstraints() < 0) {
                throw refused("the root certificate is not one of an authority");
            }
            return keyed(clusterId, pem.endsWith("\n") ? pem : pem + "\n", key.getPrivate());
        } catch (GeneralSecurityException e) {
            throw refused("the root certificate cannot be read");
        }
    }

    private static RefusedException refused(String why) {
        return new RefusedException(Refusal.invalid("error generating CA root certificate: " + why));
    }

    private static KeyedRoot keyed(String clusterId, String pem, PrivateKey key) {
        try {
            X509Certificate certificate = Pem.certificate(pem);
            CaRoot root = new CaRoot(
                    COLONS.formatHex(MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded())),
                    "Consul CA Primary Cert",
                    certificate.getSerialNumber().longValue(),
                    COLONS.formatHex(CertificateForge.keyId(certificate.getPublicKey())),
                    clusterId,
                    certificate.getNotBefore().toInstant(),
                    certificate.getNotAfter().toInstant(),
                    pem,
                    List.of(),
                    true,
                    SigningKey.typeOf(certificate.getPublicKey()),
                    SigningKey.bitsOf(certificate.getPublicKey()),
                    0);
            return new KeyedRoot(root, Pem.ofPrivateKey(key), null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was just read cannot be read", e);
        }
    }
}
