package dev.entente.fake;

import java.nio.ByteBuffer;

/** What programs say that know nothing newer than TLS 1.1; no Java runtime says it any more. */
public final class OldTls {
    private static final byte[] TLS_1_1 = {3, 2};
    private static final byte CLIENT_HELLO = 1;
    private static final byte SERVER_HELLO = 2;
    private static final byte HANDSHAKE = 22;

    private OldTls() {}

    public static byte[] clientHello() {
        return hello(CLIENT_HELLO, new byte[] {0, 4, (byte) 0xc0, 0x09, (byte) 0xc0, 0x0a, 1, 0});
    }

    public static byte[] serverHello() {
        return hello(SERVER_HELLO, new byte[] {(byte) 0xc0, 0x2b, 0});
    }

    /** A handshake record without extensions. */
    private static byte[] hello(byte kind, byte[] choices) {
        int length = TLS_1_1.length + 32 + 1 + choices.length;
        return ByteBuffer.allocate(9 + length)
                .put(HANDSHAKE)
                .put(TLS_1_1)
                .putShort((short) (4 + length))
                .putInt(kind << 24 | length)
                .put(TLS_1_1)
                .put(new byte[32])
                .put((byte) 0)
                .put(choices)
                .array();
    }
}
