package dev.entente.checks;

import dev.entente.domain.catalog.CheckThresholds;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Runs a probe again and again: first after a random part of the interval, so that many checks spread, then an interval after each
 * result. All state is confined to one event-loop context.
 */
final class ProbedCheck implements RunningCheck {
    private static final Duration MIN_INTERVAL = Duration.ofSeconds(1);

    private final CheckKey key;
    private final Probe probe;
    private final Place place;
    private final long intervalMillis;
    private CheckThresholds thresholds;
    private long timer;
    private boolean stopped;

    /** Where and with what a check runs. */
    record Place(Vertx vertx, Context context, InFlight inFlight, Reporter reporter, RandomGenerator random) {}

    ProbedCheck(CheckKey key, Probe probe, Place place, Duration interval, CheckThresholds thresholds) {
        this.key = key;
        this.probe = probe;
        this.place = place;
        this.intervalMillis = (interval.compareTo(MIN_INTERVAL) < 0 ? MIN_INTERVAL : interval).toMillis();
        this.thresholds = thresholds;
    }

    @Override
    public void start() {
        long offset = place.random().nextLong(intervalMillis);
        place.context().runOnContext(begin -> schedule(offset));
    }

    @Override
    public void stop() {
        place.context().runOnContext(end -> {
            stopped = true;
            place.vertx().cancelTimer(timer);
        });
    }

    private void schedule(long delayMillis) {
        if (!stopped) {
            timer = place.vertx().setTimer(Math.max(1, delayMillis), due -> run());
        }
    }

    private void run() {
        if (!place.inFlight().tryEnter()) {
            schedule(intervalMillis);
            return;
        }
        begun().onComplete(result -> place.context().runOnContext(back -> {
            place.inFlight().leave();
            finished(result.succeeded() ? result.result() : ProbeResult.critical(Failures.message(result.cause())));
        }));
    }

    /** A probe that cannot even begin is tried again like any other that fails. */
    private Future<ProbeResult> begun() {
        try {
            return probe.run();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private void finished(ProbeResult result) {
        if (stopped) {
            return;
        }
        CheckThresholds.Step step = thresholds.after(result.status());
        thresholds = step.next();
        step.status().ifPresent(status -> place.reporter().report(key, new ProbeResult(status, result.output())));
        schedule(intervalMillis);
    }
}
