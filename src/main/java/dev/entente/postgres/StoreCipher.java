package dev.entente.postgres;

import dev.entente.config.StoreConfig;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts what has to be shown again (a dialer's stream secret, keys of the certificate authority) with AES-256-GCM under the
 * store key. What is sealed opens only in the same place: the place is part of what is authenticated.
 *
 * <p>Sealed form: one byte for the format, 12 bytes of nonce, ciphertext with a tag of 16 bytes.
 */
@Startup
@ApplicationScoped
class StoreCipher {
    private static final byte FORMAT = 1;
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int HEAD_BYTES = 1 + NONCE_BYTES;
    private static final String WHAT_TO_SET =
            "Set entente.store.key (environment: ENTENTE_STORE_KEY) to 32 random bytes in base64,"
                    + " the same on all replicas; for example the output of: openssl rand -base64 32";

    private final SecureRandom random = new SecureRandom();
    private final SecretKey key;

    StoreCipher(StoreConfig config) {
        key = new SecretKeySpec(
                decode(config.key()
                        .filter(text -> !text.isBlank())
                        .orElseThrow(() -> new IllegalStateException(
                                "No key to encrypt secrets in the database with. " + WHAT_TO_SET))),
                "AES");
    }

    byte[] seal(String place, String text) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, place, nonce, text.getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.allocate(HEAD_BYTES + sealed.length)
                .put(FORMAT)
                .put(nonce)
                .put(sealed)
                .array();
    }

    String open(String place, byte[] sealed) {
        ByteBuffer buffer = ByteBuffer.wrap(sealed);
        if (sealed.length <= HEAD_BYTES || buffer.get() != FORMAT) {
            throw new IllegalStateException("what is sealed at " + place + " has an unknown format");
        }
        byte[] nonce = new byte[NONCE_BYTES];
        buffer.get(nonce);
        byte[] rest = new byte[buffer.remaining()];
        buffer.get(rest);
        return new String(crypt(Cipher.DECRYPT_MODE, place, nonce, rest), StandardCharsets.UTF_8);
    }

    private byte[] crypt(int mode, String place, byte[] nonce, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "a secret in the database (" + place
                            + ") does not open: is entente.store.key the one it was written with?",
                    e);
        }
    }

    private static byte[] decode(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("entente.store.key is not base64. " + WHAT_TO_SET, e);
        }
        if (bytes.length != KEY_BYTES) {
            throw new IllegalStateException("entente.store.key has " + bytes.length + " bytes. " + WHAT_TO_SET);
        }
        return bytes;
    }
}
