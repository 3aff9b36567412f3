package dev.entente.redis;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The form of very large values: gzip (RFC 1952). Instances of one service are much alike, so that some hundredth is left of them, and Redis,
 * which serves nobody else while a script handles a value, is done with it in milliseconds.
 *
 * <p>A value that is not packed is a JSON object, so the first byte tells them apart.
 */
final class Packed {
    private static final byte FIRST_BYTE = 0x1f;
    /** The last four bytes tell how long the content is. */
    private static final int LENGTH_BYTES = 4;

    private Packed() {}

    /** Gzip as fast as it can be: equal content gives equal bytes. */
    private static final class Fast extends GZIPOutputStream {
        Fast(OutputStream out) throws IOException {
            super(out, 64 * 1024);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    /** Writes content. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    static byte[] pack(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Fast packing = new Fast(bytes)) {
            content.writeTo(packing);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static boolean isPacked(byte[] payload) {
        return payload.length > LENGTH_BYTES && payload[0] == FIRST_BYTE;
    }

    static InputStream open(byte[] payload) throws IOException {
        return new GZIPInputStream(new ByteArrayInputStream(payload), 64 * 1024);
    }

    /** How many bytes there are to read, packed or not. */
    static long contentLength(byte[] payload) {
        return isPacked(payload)
                ? Integer.toUnsignedLong(
                        ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN).getInt(payload.length - LENGTH_BYTES))
                : payload.length;
    }
}
