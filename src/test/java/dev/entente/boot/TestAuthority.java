package dev.entente.boot;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority of a test, as an operator brings one: certificates and keys in files, for servers on loopback and for clients. */
final class TestAuthority {
    private static final Duration VALIDITY = Duration.ofHours(1);

    private final X500Name name;
    private final KeyPair keys;
    private final Credentials own;

    TestAuthority(String commonName) {
        name = new X500Name("CN=" + commonName);
        keys = newKeys();
        own = new Credentials(sign(name, keys, new BasicConstraints(true)), keys.getPrivate());
    }

    /** What it signs with itself. */
    Credentials own() {
        return own;
    }

    /** What a server or a client shows: its certificate, valid for {@code 127.0.0.1}, and the key to it. */
    Credentials issue(String commonName) {
        KeyPair issued = newKeys();
        X509Certificate certificate = sign(new X500Name("CN=" + commonName), issued, new BasicConstraints(false));
        return new Credentials(certificate, issued.getPrivate());
    }

    /** Kept in {@code NAME.pem} and {@code NAME.key}. */
    record Credentials(X509Certificate certificate, PrivateKey key) {
        void write(Path directory, String name) {
            try {
                write(certificate(directory, name), "CERTIFICATE", certificate.getEncoded());
                write(key(directory, name), "PRIVATE KEY", key.getEncoded());
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException(e);
            }
        }

        static Credentials read(Path directory, String name) {
            try {
                byte[] pkcs8 = der(key(directory, name));
                return new Credentials(
                        parsed(der(certificate(directory, name))),
                        KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException(e);
            }
        }

        static Path certificate(Path directory, String name) {
            return directory.resolve(name + ".pem");
        }

        static Path key(Path directory, String name) {
            return directory.resolve(name + ".key");
        }

        private static void write(Path file, String label, byte[] der) throws IOException {
            String body = Base64.getMimeEncoder().encodeToString(der);
            Files.writeString(file, "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
        }

        private static byte[] der(Path file) throws IOException {
            return Base64.getMimeDecoder().decode(Files.readString(file).replaceAll("-----.*-----", ""));
        }
    }

    private static X509Certificate parsed(byte[] der) throws GeneralSecurityException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    private X509Certificate sign(X500Name subject, KeyPair subjectKeys, BasicConstraints constraints) {
        Instant now = Instant.now();
        try {
            byte[] der = new X509v3CertificateBuilder(
                            name,
                            BigInteger.valueOf(System.nanoTime()),
                            Date.from(now.minus(VALIDITY)),
                            Date.from(now.plus(VALIDITY)),
                            subject,
                            SubjectPublicKeyInfo.getInstance(
                                    subjectKeys.getPublic().getEncoded()))
                    .addExtension(Extension.basicConstraints, true, constraints)
                    .addExtension(
                            Extension.subjectAlternativeName,
                            false,
                            new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")))
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
                    .getEncoded();
            return parsed(der);
        } catch (IOException | OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), new SecureRandom());
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
