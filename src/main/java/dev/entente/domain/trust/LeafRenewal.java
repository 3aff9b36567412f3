package dev.entente.domain.trust;

import java.time.Duration;
import java.time.Instant;

/**
 * When a leaf certificate is to be replaced (protocol chapter 6.8): at a moment between 60 and 90 percent of its life, and after a new
 * root within half a minute, each at random, so that the certificates of many services are not signed at once.
 */
public final class LeafRenewal {
    /** Within which time after a new root all leaves of an agent are replaced. */
    public static final Duration ROTATION_WINDOW = Duration.ofSeconds(30);

    private static final double SOFT = 0.6;
    private static final double HARD = 0.9;

    private LeafRenewal() {}

    /**
     * The moment for a leaf of this life.
     *
     * @param chance from 0 to 1
     */
    public static Instant ofLife(Instant validAfter, Instant validBefore, double chance) {
        double share = SOFT + (HARD - SOFT) * chance;
        return validAfter.plusMillis(
                (long) (Duration.between(validAfter, validBefore).toMillis() * share));
    }

    /** The moment for a leaf of another root than the one that signs now. */
    public static Instant afterRotation(Instant noticed, double chance) {
        return noticed.plusMillis((long) (ROTATION_WINDOW.toMillis() * chance));
    }
}
