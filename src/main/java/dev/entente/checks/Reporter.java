package dev.entente.checks;

import dev.entente.engine.port.CheckReport;
import dev.entente.engine.port.CheckReports;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** Hands the results of this node's checks to the engine. */
final class Reporter {
    private final CheckReports reports;
    private final String node;

    Reporter(CheckReports reports, String node) {
        this.reports = reports;
        this.node = node;
    }

    /** Completes when the result is visible; fails when the store is away, and then the next result has to do. */
    Future<Void> report(CheckKey key, ProbeResult result) {
        Promise<Void> promise = Promise.promise();
        reports.report(key.partition(), node, key.checkId(), new CheckReport(result.status(), result.output(), 0))
                .subscribe()
                .with(done -> promise.complete(), promise::fail);
        return promise.future();
    }
}
