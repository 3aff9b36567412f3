package dev.entente.domain.query;

import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;

/** How much one evaluation over many rows may still cost. Belongs to one thread. */
final class Effort {
    /** Less than a second of one core. */
    private static final long LIMIT = 30_000_000L;

    private long left = LIMIT;

    void spend(long steps) {
        left -= steps;
        if (left < 0) {
            throw new RefusedException(
                    Refusal.badRequest("The regular expressions of the filter take too long on this much data"));
        }
    }
}
