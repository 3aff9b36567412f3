package dev.entente.rest.body;

import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import java.util.function.Supplier;

/** How complaints about bodies reach the client. */
final class Bodies {
    private Bodies() {}

    /** Reads; a malformed body is refused with status 400 and the complaint after the prefix. */
    static <T> T read(String prefix, Supplier<T> read) {
        try {
            return read.get();
        } catch (MalformedBodyException e) {
            throw new RefusedException(Refusal.badRequest(prefix + e.text()));
        }
    }
}
