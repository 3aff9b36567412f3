package dev.entente.redis;

/** Positions are epoch × 2^32 + count, below 2^53 so that JavaScript clients read them as numbers (architecture §2). */
final class Positions {
    private static final int COUNT_BITS = 32;
    private static final long NEWEST_EPOCH = (1L << (53 - COUNT_BITS)) - 1;

    private Positions() {}

    static long first(long epoch) {
        if (epoch < 1 || epoch > NEWEST_EPOCH) {
            throw new IllegalArgumentException("no epoch of a log: " + epoch);
        }
        return epoch << COUNT_BITS;
    }

    static long epoch(long position) {
        return position >>> COUNT_BITS;
    }
}
