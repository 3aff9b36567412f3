package dev.entente.domain.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The SHA-256 of a secret, in hexadecimal. */
public record SecretHash(String hex) {

    /** Compares in constant time. */
    public boolean matches(Secret candidate) {
        return MessageDigest.isEqual(
                hex.getBytes(StandardCharsets.US_ASCII), candidate.hash().hex().getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "SecretHash[hidden]";
    }
}
