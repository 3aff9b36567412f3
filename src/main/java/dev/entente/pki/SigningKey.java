package dev.entente.pki;

import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X962Parameters;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;

/** Keys of the authority: makes them, and reads what an operator brings (SEC 1, PKCS#1 and PKCS#8 in PEM). */
final class SigningKey {
    private static final SecureRandom RANDOM = new SecureRandom();

    private SigningKey() {}

    /** A new key; large RSA keys take seconds. */
    static KeyPair make(String type, int bits) {
        try {
            if (type.equals("rsa")) {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(bits, RANDOM);
                return generator.generateKeyPair();
            }
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp" + bits + "r1"), RANDOM);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has RSA and the curves of NIST", e);
        }
    }

    /** Reads a private key and finds the public one that belongs to it. */
    static KeyPair read(String pem) throws GeneralSecurityException {
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            Object read = parser.readObject();
            while (read != null && !(read instanceof PEMKeyPair) && !(read instanceof PrivateKeyInfo)) {
                read = parser.readObject();
            }
            if (read instanceof PEMKeyPair pair) {
                SubjectPublicKeyInfo shown = pair.getPublicKeyInfo();
                PrivateKey key = privateKey(pair.getPrivateKeyInfo());
                return new KeyPair(shown == null ? publicKey(key) : publicKey(shown, key.getAlgorithm()), key);
            }
            if (read instanceof PrivateKeyInfo info) {
                PrivateKey key = privateKey(info);
                return new KeyPair(publicKey(key), key);
            }
            throw new GeneralSecurityException("no private key in PEM format");
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            throw new GeneralSecurityException("the private key is not readable", e);
        }
    }

    /** The key as OpenSSL and Go write it: {@code EC PRIVATE KEY} with its curve and public key (SEC 1). */
    static String ecPem(KeyPair pair) {
        SubjectPublicKeyInfo info =
                SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded());
        ECPrivateKey key = (ECPrivateKey) pair.getPrivate();
        org.bouncycastle.asn1.sec.ECPrivateKey structure = new org.bouncycastle.asn1.sec.ECPrivateKey(
                key.getParams().getOrder().bitLength(),
                key.getS(),
                info.getPublicKeyData(),
                info.getAlgorithm().getParameters());
        try {
            return Pem.write("EC PRIVATE KEY", structure.getEncoded());
        } catch (IOException e) {
            throw new IllegalStateException("a key could not be written", e);
        }
    }

    static String typeOf(PublicKey key) {
        return key instanceof RSAPublicKey ? "rsa" : "ec";
    }

    static int bitsOf(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return rsa.getModulus().bitLength();
        }
        return ((ECPublicKey) key).getParams().getCurve().getField().getFieldSize();
    }

    private static PrivateKey privateKey(PrivateKeyInfo info) throws GeneralSecurityException, IOException {
        boolean isRsa = info.getPrivateKeyAlgorithm().getAlgorithm().getId().equals("1.2.840.113549.1.1.1");
        return KeyFactory.getInstance(isRsa ? "RSA" : "EC").generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
    }

    private static PublicKey publicKey(SubjectPublicKeyInfo info, String algorithm)
            throws GeneralSecurityException, IOException {
        return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(info.getEncoded()));
    }

    private static PublicKey publicKey(PrivateKey key) throws GeneralSecurityException, IOException {
        if (key instanceof RSAPrivateCrtKey rsa) {
            return KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
        }
        PrivateKeyInfo info = PrivateKeyInfo.getInstance(key.getEncoded());
        X962Parameters curve =
                X962Parameters.getInstance(info.getPrivateKeyAlgorithm().getParameters());
        X9ECParameters parameters = curve.isNamedCurve()
                ? ECNamedCurveTable.getByOID(ASN1ObjectIdentifier.getInstance(curve.getParameters()))
                : X9ECParameters.getInstance(curve.getParameters());
        byte[] point = parameters.getG().multiply(((ECPrivateKey) key).getS()).getEncoded(false);
        return publicKey(new SubjectPublicKeyInfo(info.getPrivateKeyAlgorithm(), point), "EC");
    }
}
