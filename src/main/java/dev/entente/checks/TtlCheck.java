package dev.entente.checks;

import dev.entente.engine.agent.TtlReports;
import dev.entente.engine.agent.TtlReports.Heard;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;

/**
 * Turns critical when its owner was silent for the time to live. It looks again only when the deadline it knows of is over, so that a
 * report costs nothing here. All state is confined to one event-loop context.
 */
final class TtlCheck implements RunningCheck {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final CheckKey key;
    private final Duration ttl;
    private final TtlReports reports;
    private final Reporter reporter;
    private final Vertx vertx;
    private final Context context;
    private long startedAt;
    private long timer;
    private boolean stopped;

    TtlCheck(CheckKey key, Duration ttl, TtlReports reports, Reporter reporter, Vertx vertx, Context context) {
        this.key = key;
        this.ttl = ttl;
        this.reports = reports;
        this.reporter = reporter;
        this.vertx = vertx;
        this.context = context;
    }

    @Override
    public void start() {
        context.runOnContext(begin -> {
            startedAt = reports.now();
            schedule(ttl);
        });
    }

    @Override
    public void stop() {
        context.runOnContext(end -> {
            stopped = true;
            vertx.cancelTimer(timer);
        });
    }

    private void schedule(Duration delay) {
        if (!stopped) {
            timer = vertx.setTimer(Math.max(1, delay.toMillis() + 1), due -> look());
        }
    }

    private void look() {
        Optional<Heard> heard = reports.last(key.partition(), key.checkId());
        long since = Math.max(startedAt, heard.map(Heard::nanoTime).orElse(startedAt));
        Duration left = ttl.minusNanos(reports.now() - since);
        if (left.isZero() || left.isNegative()) {
            expire(heard.map(Heard::output).orElse(""));
        } else {
            schedule(left);
        }
    }

    private void expire(String lastOutput) {
        String output = lastOutput.isEmpty()
                ? "TTL expired"
                : "TTL expired (last output before timeout follows): " + lastOutput;
        reporter.report(key, ProbeResult.critical(output))
                .onComplete(reported -> context.runOnContext(back -> schedule(reported.succeeded() ? ttl : RETRY)));
    }
}
