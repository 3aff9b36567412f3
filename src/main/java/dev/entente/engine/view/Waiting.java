package dev.entente.engine.view;

import java.time.Duration;

/**
 * How a read waits.
 *
 * @param index what the reader already knows; 0 to answer at once
 * @param atMost how long to wait at most, before jitter
 * @param consistent first catch up with the newest position of the log
 */
public record Waiting(long index, Duration atMost, boolean consistent) {
    public static final Waiting NOT = new Waiting(0, Duration.ZERO, false);
}
