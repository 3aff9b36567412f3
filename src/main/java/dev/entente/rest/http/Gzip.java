package dev.entente.rest.http;

import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** Compression of larger answers for clients that offer it (protocol chapter 6.1.1). */
final class Gzip {
    /** Smaller answers fit one packet and are left as they are; bytes. */
    static final int FROM_SIZE = 1400;

    private Gzip() {}

    /** Whether an {@code Accept-Encoding} names gzip with a weight above zero. */
    static boolean isAccepted(String acceptEncoding) {
        for (String offer : acceptEncoding.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = offer.split(";", -1);
            if (parts[0].trim().equals("gzip")) {
                return parts.length == 1 || weight(parts[1].trim()) > 0;
            }
        }
        return false;
    }

    private static double weight(String parameter) {
        try {
            return parameter.startsWith("q=") ? Double.parseDouble(parameter.substring(2)) : 1;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    static byte[] compress(byte[] plain) {
        ByteArrayBuilder bytes = new ByteArrayBuilder(512);
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
