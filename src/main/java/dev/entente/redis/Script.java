package dev.entente.redis;

import io.quarkus.runtime.annotations.RegisterResources;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** The atomic steps; each is a Lua file of the same name beside this class, which says what it takes and answers. */
@RegisterResources(globs = "dev/entente/redis/*.lua")
enum Script {
    APPEND,
    BEGIN_READ,
    BEGIN_START,
    BEGIN_LOAD,
    BEGIN_FINISH,
    LEASE_ACQUIRE,
    LEASE_RENEW,
    STATUS_PUT,
    STATUS_GET;

    private final String source;
    private final String sha1;

    Script() {
        source = read(name().toLowerCase(Locale.ROOT) + ".lua");
        sha1 = digest(source);
    }

    String source() {
        return source;
    }

    /** The name under which Redis keeps the script once it has seen it. */
    String sha1() {
        return sha1;
    }

    private static String read(String file) {
        try (InputStream stream = Script.class.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException("the build left out " + file);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-1", e);
        }
    }
}
