package dev.entente.pki;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Signs certificates in the form that Consul's authority gives them: key ids that are the SHA-256 of the public key, a SPIFFE id as
 * URI (protocol chapters 2.2 and 6.9).
 */
final class CertificateForge {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** What a certificate says; the distinguished name may be empty. */
    record Contents(X500Name subject, String spiffeId, List<String> dnsNames, Instant notBefore, Instant notAfter) {
        Contents {
            dnsNames = List.copyOf(dnsNames);
        }
    }

    /** Who signs. */
    record Signer(X500Name name, PublicKey publicKey, PrivateKey privateKey) {
        static Signer of(X509Certificate certificate, PrivateKey key) {
            return new Signer(
                    X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()),
                    certificate.getPublicKey(),
                    key);
        }

        @Override
        public String toString() {
            return "Signer[" + name + "]";
        }
    }

    private CertificateForge() {}

    /** Letters and digits nobody can guess. */
    static String randomLabel(int length) {
        String alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
        StringBuilder label = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            label.append(alphabet.charAt(RANDOM.nextInt(alphabet.length())));
        }
        return label.toString();
    }

    /** A serial number that clients which read JSON numbers as doubles still see exactly. */
    static BigInteger randomSerial() {
        return BigInteger.valueOf(1 + RANDOM.nextLong(1L << 52));
    }

    static byte[] keyId(PublicKey key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /** A certificate of an authority: it signs others. */
    static byte[] authority(Contents contents, PublicKey subjectKey, Signer signer) {
        int usage = KeyUsage.digitalSignature | KeyUsage.keyCertSign | KeyUsage.cRLSign;
        return sign(
                contents,
                subjectKey,
                signer,
                builder -> builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage))
                        .addExtension(Extension.basicConstraints, true, new BasicConstraints(true)));
    }

    /** A certificate of a server or a service: it may be shown by both ends of a connection. */
    static byte[] leaf(Contents contents, PublicKey subjectKey, Signer signer) {
        int usage = KeyUsage.digitalSignature
                | KeyUsage.keyEncipherment
                | KeyUsage.dataEncipherment
                | KeyUsage.keyAgreement;
        ExtendedKeyUsage purposes =
                new ExtendedKeyUsage(new KeyPurposeId[] {KeyPurposeId.id_kp_clientAuth, KeyPurposeId.id_kp_serverAuth});
        return sign(
                contents,
                subjectKey,
                signer,
                builder -> builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage))
                        .addExtension(Extension.extendedKeyUsage, false, purposes)
                        .addExtension(Extension.basicConstraints, true, new BasicConstraints(false)));
    }

    /** Adds what makes the one kind of certificate different from the other. */
    @FunctionalInterface
    private interface Extensions {
        X509v3CertificateBuilder addTo(X509v3CertificateBuilder builder) throws IOException;
    }

    private static byte[] sign(Contents contents, PublicKey subjectKey, Signer signer, Extensions extensions) {
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                signer.name(),
                randomSerial(),
                Date.from(contents.notBefore()),
                Date.from(contents.notAfter()),
                contents.subject(),
                SubjectPublicKeyInfo.getInstance(subjectKey.getEncoded()));
        // Without a distinguished name the alternative names are all there is, and X.509 wants them critical.
        boolean namesAreAll = contents.subject().getRDNs().length == 0;
        try {
            extensions
                    .addTo(builder)
                    .addExtension(Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(keyId(subjectKey)))
                    .addExtension(
                            Extension.authorityKeyIdentifier,
                            false,
                            new AuthorityKeyIdentifier(keyId(signer.publicKey())))
                    .addExtension(Extension.subjectAlternativeName, namesAreAll, names(contents));
            return builder.build(signerOf(signer)).getEncoded();
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException("a certificate could not be signed", e);
        }
    }

    /**
     * The certificate of another authority, signed by this one as well: the same name, key and extensions, so that it stands for the
     * other root wherever only this one is known.
     */
    static byte[] crossSigned(X509Certificate other, Signer signer, Instant from, Instant until) {
        try {
            X509CertificateHolder template = new X509CertificateHolder(other.getEncoded());
            X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                    signer.name(),
                    randomSerial(),
                    Date.from(from),
                    Date.from(until),
                    template.getSubject(),
                    template.getSubjectPublicKeyInfo());
            for (Object each : template.getExtensionOIDs()) {
                Extension extension = template.getExtension((ASN1ObjectIdentifier) each);
                if (!extension.getExtnId().equals(Extension.authorityKeyIdentifier)) {
                    builder.addExtension(extension);
                }
            }
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(keyId(signer.publicKey())));
            return builder.build(signerOf(signer)).getEncoded();
        } catch (IOException | OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException("a root could not be signed by the one before it", e);
        }
    }

    private static ContentSigner signerOf(Signer signer) throws OperatorCreationException {
        String algorithm = signer.privateKey().getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
        return new JcaContentSignerBuilder(algorithm).build(signer.privateKey());
    }

    private static GeneralNames names(Contents contents) {
        Stream<GeneralName> dns = contents.dnsNames().stream().map(name -> new GeneralName(GeneralName.dNSName, name));
        Stream<GeneralName> uri =
                Stream.of(new GeneralName(GeneralName.uniformResourceIdentifier, contents.spiffeId()));
        return new GeneralNames(Stream.concat(dns, uri).toArray(GeneralName[]::new));
    }
}
