package dev.entente.postgres;

import dev.entente.engine.port.Committed;
import io.smallrye.mutiny.subscription.UniEmitter;

/** A decision whose caller waits for the answer, until it gives up. */
final class Waiting {
    private final NodeDecision decision;
    private final UniEmitter<? super Committed<Void>> caller;
    private volatile boolean abandoned;

    Waiting(NodeDecision decision, UniEmitter<? super Committed<Void>> caller) {
        this.decision = decision;
        this.caller = caller;
    }

    NodeDecision decision() {
        return decision;
    }

    void abandon() {
        abandoned = true;
    }

    boolean isAbandoned() {
        return abandoned;
    }

    void answer(NodeDecision.Result result) {
        result.tell(caller::complete, caller::fail);
    }

    void fail(Throwable failure) {
        caller.fail(failure);
    }
}
