package dev.entente.engine.view;

import io.smallrye.mutiny.Uni;

/** Hears of reads; for meters. */
public interface ReadObserver {
    /** Hears nothing. */
    ReadObserver NONE = new ReadObserver() {};

    /** Somebody asks, and may wait for the answer. */
    default void asked() {}

    /** Gives what makes a consistent read so, for its duration to be looked at. */
    default Uni<Void> catchingUp(Uni<Void> caughtUp) {
        return caughtUp;
    }
}
