package dev.entente.checks;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;

/** The result of a run that has a deadline: the first that comes counts. */
final class Timed {
    static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    private final Promise<ProbeResult> promise = Promise.promise();
    private final Vertx vertx;
    private final long timer;

    /** @param onTimeout gives the result when the time is over */
    Timed(Vertx vertx, Duration timeout, java.util.function.Supplier<ProbeResult> onTimeout) {
        this.vertx = vertx;
        Duration wait = timeout.isZero() || timeout.isNegative() ? DEFAULT_TIMEOUT : timeout;
        timer = vertx.setTimer(Math.max(1, wait.toMillis()), expired -> promise.tryComplete(onTimeout.get()));
    }

    void finish(ProbeResult result) {
        if (promise.tryComplete(result)) {
            vertx.cancelTimer(timer);
        }
    }

    boolean isOver() {
        return promise.future().isComplete();
    }

    Future<ProbeResult> result() {
        return promise.future();
    }
}
