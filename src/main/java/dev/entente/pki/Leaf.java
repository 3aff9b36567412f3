package dev.entente.pki;

import dev.entente.domain.trust.CaSettings;
import dev.entente.engine.port.CaStore.KeyedRoot;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;

/**
 * A certificate of an end of a connection, with its key; never stored.
 *
 * @param chain the certificate, then what leads to roots that others may know
 * @param rootId the root that signed
 */
record Leaf(KeyPair keys, List<X509Certificate> chain, String rootId, Instant notBefore, Instant notAfter) {
    private static final X500Name NO_NAME = new X500Name(new RDN[0]);

    Leaf {
        chain = List.copyOf(chain);
    }

    /** Makes a key and has it signed. The key is a P-256 one, whatever the root's is, as with Consul. */
    static Leaf issue(KeyedRoot root, CaSettings settings, String spiffeId, List<String> dnsNames, Instant now) {
        Instant from = Roots.backdated(now);
        Instant until = from.plus(settings.leafTtl());
        KeyPair key = SigningKey.make(CaSettings.EC, 256);
        try {
            byte[] der = CertificateForge.leaf(
                    new CertificateForge.Contents(NO_NAME, spiffeId, dnsNames, from, until),
                    key.getPublic(),
                    Roots.signer(root));
            List<X509Certificate> chain = new ArrayList<>();
            chain.add(Pem.certificate(Pem.ofCertificate(der)));
            for (String intermediate : root.root().intermediateCerts()) {
                chain.add(Pem.certificate(intermediate));
            }
            return new Leaf(key, chain, root.root().id(), from, until);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a leaf could not be made", e);
        }
    }

    PrivateKey key() {
        return keys.getPrivate();
    }

    String keyPem() {
        return SigningKey.ecPem(keys);
    }

    /** Whether half of its life is over; from then on it is to be replaced. */
    boolean isPastHalfLife(Instant now) {
        return now.isAfter(notBefore.plusSeconds(notAfter.getEpochSecond() / 2 - notBefore.getEpochSecond() / 2));
    }

    @Override
    public String toString() {
        return "Leaf[" + chain.get(0).getSerialNumber() + " of " + rootId + "]";
    }
}
