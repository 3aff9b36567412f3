package dev.entente.checks;

import io.vertx.core.Future;

/** One way to look whether something is well. Ends by itself within the check's timeout, and never fails. */
@FunctionalInterface
interface Probe {
    Future<ProbeResult> run();
}
