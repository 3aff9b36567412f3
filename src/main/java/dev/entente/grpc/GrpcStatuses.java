package dev.entente.grpc;

import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import dev.entente.engine.port.StoreUnavailableException;
import dev.entente.engine.port.StreamEnd;
import dev.entente.engine.port.StreamEndException;
import io.grpc.Status;
import org.jboss.logging.Logger;

/** The one table from refusals and failures to gRPC statuses (protocol chapter 2.2.2). */
final class GrpcStatuses {
    private static final Logger LOG = Logger.getLogger(GrpcStatuses.class);

    private GrpcStatuses() {}

    static Status.Code code(Refusal.Kind kind) {
        return switch (kind) {
            case BAD_REQUEST, INVALID_ARGUMENT -> Status.Code.INVALID_ARGUMENT;
            case NOT_FOUND -> Status.Code.NOT_FOUND;
            case INVALID -> Status.Code.UNKNOWN;
            case FAILED_PRECONDITION -> Status.Code.FAILED_PRECONDITION;
            case PERMISSION_DENIED -> Status.Code.PERMISSION_DENIED;
            case ABORTED -> Status.Code.ABORTED;
            case EXHAUSTED -> Status.Code.RESOURCE_EXHAUSTED;
            case INTERNAL -> Status.Code.INTERNAL;
            case UNAVAILABLE -> Status.Code.UNAVAILABLE;
        };
    }

    static Status of(StreamEnd end) {
        return Status.fromCodeValue(end.code()).withDescription(end.text());
    }

    static StreamEnd end(Status status) {
        String text = status.getDescription();
        return new StreamEnd(
                status.getCode().value(), text == null ? status.getCode().name() : text);
    }

    /** The status of a failed call; what is not expected is logged and not told. */
    static Status of(Throwable failure) {
        if (failure instanceof RefusedException refused) {
            Refusal refusal = refused.refusal();
            return code(refusal.kind()).toStatus().withDescription(refusal.text());
        }
        if (failure instanceof StreamEndException ended) {
            return of(ended.end());
        }
        if (failure instanceof StoreUnavailableException) {
            return Status.UNAVAILABLE.withDescription(failure.getMessage());
        }
        LOG.error("call failed", failure);
        return Status.INTERNAL.withDescription("internal error");
    }
}
