package dev.entente.engine.replication;

import dev.entente.domain.identity.Refusal;
import dev.entente.domain.stream.Ending;
import dev.entente.domain.stream.StatusCode;

/** With which code a refused stream ends; the one table for that. */
final class RefusalCodes {
    private RefusalCodes() {}

    static Ending.Failed end(Refusal refusal) {
        return new Ending.Failed(code(refusal.kind()).number(), refusal.text());
    }

    private static StatusCode code(Refusal.Kind kind) {
        return switch (kind) {
            case BAD_REQUEST, INVALID_ARGUMENT -> StatusCode.INVALID_ARGUMENT;
            case NOT_FOUND -> StatusCode.NOT_FOUND;
            case INVALID -> StatusCode.UNKNOWN;
            case FAILED_PRECONDITION -> StatusCode.FAILED_PRECONDITION;
            case PERMISSION_DENIED -> StatusCode.PERMISSION_DENIED;
            case ABORTED -> StatusCode.ABORTED;
            case EXHAUSTED -> StatusCode.RESOURCE_EXHAUSTED;
            case INTERNAL -> StatusCode.INTERNAL;
            case UNAVAILABLE -> StatusCode.UNAVAILABLE;
        };
    }
}
