package dev.entente.checks;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** Keeps the last bytes of an answer, however long it is. */
final class Tail {
    private final int size;
    private Buffer kept = Buffer.buffer();

    Tail(int size) {
        this.size = size;
    }

    void add(Buffer more) {
        kept.appendBuffer(more);
        if (kept.length() > 2 * size) {
            kept = kept.getBuffer(kept.length() - size, kept.length());
        }
    }

    String text() {
        int from = Math.max(0, kept.length() - size);
        return new String(kept.getBytes(from, kept.length()), StandardCharsets.UTF_8);
    }
}
