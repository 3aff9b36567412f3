package dev.entente.domain.chain;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Hashes overrides as Consul does, because proxies use the digits in names: 64 bits of FNV-1, the fields of a structure mixed
 * without regard to their order.
 */
final class StructureHash {
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;
    private static final int DIGITS = 8;

    private StructureHash() {}

    static String of(String meshGatewayMode, String protocol, Duration connectTimeout) {
        long gateway = text("MeshGatewayConfig") ^ field("Mode", text(meshGatewayMode));
        long whole = text("")
                ^ field("OverrideMeshGateway", gateway)
                ^ field("OverrideProtocol", text(protocol))
                ^ field("OverrideConnectTimeout", hash(bytes(connectTimeout.toNanos())));
        return Long.toHexString(whole).substring(0, DIGITS);
    }

    private static long field(String name, long value) {
        byte[] both = ByteBuffer.allocate(2 * Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text(name))
                .putLong(value)
                .array();
        return hash(both);
    }

    private static long text(String text) {
        return hash(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] bytes(long number) {
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(number)
                .array();
    }

    private static long hash(byte[] bytes) {
        long hash = OFFSET;
        for (byte each : bytes) {
            hash *= PRIME;
            hash ^= each & 0xff;
        }
        return hash;
    }
}
