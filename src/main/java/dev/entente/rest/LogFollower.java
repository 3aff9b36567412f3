package dev.entente.rest;

import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes lines to a client as fast as it takes them. What it does not take in time is dropped and counted: a slow reader must not
 * hold up whoever logs, nor fill the memory.
 */
final class LogFollower {
    /** How many lines may wait for their turn on the event loop. */
    static final int LIMIT = 512;

    private final HttpServerResponse response;
    private final Context loop;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger dropped = new AtomicInteger();

    LogFollower(HttpServerResponse response, Context loop) {
        this.response = response;
        this.loop = loop;
    }

    /** Takes a line from any thread. */
    void hear(String line) {
        if (waiting.incrementAndGet() > LIMIT) {
            waiting.decrementAndGet();
            dropped.incrementAndGet();
            return;
        }
        loop.runOnContext(turn -> {
            waiting.decrementAndGet();
            write(line);
        });
    }

    private void write(String line) {
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.writeQueueFull()) {
            dropped.incrementAndGet();
            return;
        }
        int missing = dropped.getAndSet(0);
        if (missing > 0) {
            response.write("[WARN] " + missing + " lines were dropped, because they were not read in time\n");
        }
        response.write(line + "\n");
    }
}
