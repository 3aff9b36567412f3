package dev.entente.rest.json;

import dev.entente.domain.intention.Intention;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.TreeMap;
import org.bouncycastle.crypto.digests.Blake2bDigest;

/** The digest that an intention with an id carries (protocol chapter 6.2, Hash): BLAKE2b-256 of what its author said. */
final class LegacyHash {
    private static final String NAMESPACE = "default";
    private static final int BITS = 256;

    private final Blake2bDigest digest = new Blake2bDigest(BITS);

    private LegacyHash() {}

    static String of(Intention intention) {
        LegacyHash hash = new LegacyHash();
        hash.add(intention.source().legacyId());
        hash.add(intention.source().description());
        hash.add(NAMESPACE);
        hash.add(intention.source().name());
        hash.add(NAMESPACE);
        hash.add(intention.destination());
        hash.add(intention.source().type());
        hash.add(intention.source().action());
        hash.add(ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(intention.precedence())
                .array());
        new TreeMap<>(intention.meta()).forEach((key, value) -> {
            hash.add(key);
            hash.add(value);
        });
        return hash.text();
    }

    private void add(String text) {
        add(text.getBytes(StandardCharsets.UTF_8));
    }

    private void add(byte[] bytes) {
        digest.update(bytes, 0, bytes.length);
    }

    private String text() {
        byte[] sum = new byte[digest.getDigestSize()];
        digest.doFinal(sum, 0);
        return Base64.getEncoder().encodeToString(sum);
    }
}
