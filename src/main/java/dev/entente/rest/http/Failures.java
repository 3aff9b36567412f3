package dev.entente.rest.http;

import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import dev.entente.engine.port.StoreUnavailableException;
import org.jboss.logging.Logger;

/**
 * The one table from failures to statuses (protocol chapter 6.1.2). What is not an expected refusal is logged with its trace and
 * answered with a plain sentence: no trace ever leaves the process.
 */
public final class Failures {
    private static final Logger LOG = Logger.getLogger(Failures.class);
    private static final String NO_LEADER = "No cluster leader";
    static final String UNEXPECTED = "An unexpected error occurred";
    private static final String DENIED = "Permission denied";

    private Failures() {}

    /** For endpoints that answer with the text alone. */
    public static Answer plain(Throwable failure) {
        if (failure instanceof RefusedException refused) {
            Refusal refusal = refused.refusal();
            return Answer.text(status(refusal), refusal.text());
        }
        return Answer.text(500, sentence(failure));
    }

    /**
     * For reads whose answer begins before there is anything to show: what is refused then is told with the headers of an empty
     * answer (protocol chapter 6.1.5). What is wrong with the request itself is told without them, for nothing was read.
     */
    static Answer ofRead(Throwable failure) {
        Answer answer = plain(failure);
        return failure instanceof RefusedException refused && isAboutTheRequest(refused.refusal())
                ? answer
                : answer.with(Headers.OF_NOTHING);
    }

    private static boolean isAboutTheRequest(Refusal refusal) {
        return switch (refusal.kind()) {
            case BAD_REQUEST, NOT_FOUND, INVALID_ARGUMENT -> true;
            case INVALID, FAILED_PRECONDITION, PERMISSION_DENIED, ABORTED, EXHAUSTED, INTERNAL, UNAVAILABLE -> false;
        };
    }

    /** For peering endpoints, which answer with the text of a gRPC error (protocol chapter 6.3). */
    public static Answer remote(Throwable failure) {
        if (failure instanceof RefusedException refused) {
            Refusal refusal = refused.refusal();
            boolean isPlain = refusal.kind() == Refusal.Kind.BAD_REQUEST || refusal.kind() == Refusal.Kind.NOT_FOUND;
            return isPlain
                    ? Answer.text(status(refusal), refusal.text())
                    : Answer.text(status(refusal), rpc(code(refusal), refusal.text()));
        }
        return Answer.text(500, rpc("Unknown", sentence(failure)));
    }

    private static String sentence(Throwable failure) {
        if (failure instanceof StoreUnavailableException) {
            LOG.warnf("a store is unavailable: %s", failure.getMessage());
            return NO_LEADER;
        }
        LOG.error("a request failed unexpectedly", failure);
        return UNEXPECTED;
    }

    static int status(Refusal refusal) {
        if (refusal.text().contains(DENIED) || refusal.text().contains("ACL not found")) {
            return 403;
        }
        return switch (refusal.kind()) {
            case BAD_REQUEST -> 400;
            case NOT_FOUND -> 404;
            case PERMISSION_DENIED -> 403;
            case EXHAUSTED -> 429;
            case INVALID, INVALID_ARGUMENT, FAILED_PRECONDITION, ABORTED, INTERNAL, UNAVAILABLE -> 500;
        };
    }

    private static String code(Refusal refusal) {
        return switch (refusal.kind()) {
            case INVALID, BAD_REQUEST, NOT_FOUND -> "Unknown";
            case INVALID_ARGUMENT -> "InvalidArgument";
            case FAILED_PRECONDITION -> "FailedPrecondition";
            case PERMISSION_DENIED -> refusal.text().startsWith(DENIED) ? "Unknown" : "PermissionDenied";
            case ABORTED -> "Aborted";
            case EXHAUSTED -> "ResourceExhausted";
            case INTERNAL -> "Internal";
            case UNAVAILABLE -> "Unavailable";
        };
    }

    private static String rpc(String code, String text) {
        return "rpc error: code = " + code + " desc = " + text;
    }
}
