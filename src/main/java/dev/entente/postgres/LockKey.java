package dev.entente.postgres;

import dev.entente.domain.identity.PartitionName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Names the advisory lock of an aggregate: 64 bits of a hash of its family, partition and key. Two aggregates that share a
 * number only wait for each other.
 */
record LockKey(long number) {
    private static final char SEPARATOR = '\u0000';

    /** Held shared by all who have drawn versions, so that who takes it alone knows that no change is under way. */
    static final LockKey CHANGES = of("changes", PartitionName.DEFAULT, "");

    static LockKey of(String family, PartitionName partition, String key) {
        String whole = family + SEPARATOR + partition.value() + SEPARATOR + key;
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(whole.getBytes(StandardCharsets.UTF_8));
            return new LockKey(ByteBuffer.wrap(digest).getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
