package dev.entente.domain.identity;

/**
 * An expected "no": what kind of refusal it is, and the sentence that the caller reads.
 *
 * <p>The doors map the kind to their statuses in one table each; the text is passed on as it is, so it never carries a secret.
 */
public record Refusal(Kind kind, String text) {

    /** The kinds of refusal; the names follow the gRPC codes of protocol chapter 2.2.2 where there is one. */
    public enum Kind {
        /** The request is malformed in a way that HTTP answers with 400. */
        BAD_REQUEST,
        /** The thing asked for does not exist (HTTP 404). */
        NOT_FOUND,
        /** A validation that Consul answers with a plain error: HTTP 500, gRPC {@code Unknown}. */
        INVALID,
        /** gRPC {@code InvalidArgument}. */
        INVALID_ARGUMENT,
        /** gRPC {@code FailedPrecondition}. */
        FAILED_PRECONDITION,
        /** gRPC {@code PermissionDenied}, HTTP 403. */
        PERMISSION_DENIED,
        /** gRPC {@code Aborted}. */
        ABORTED,
        /** A bound of ours is reached, and later it may not be: HTTP 429, gRPC {@code ResourceExhausted}. */
        EXHAUSTED,
        /** gRPC {@code Internal}. */
        INTERNAL,
        /** A store or another cluster cannot be reached: gRPC {@code Unavailable}. */
        UNAVAILABLE
    }

    /** A refusal that HTTP answers with 400. */
    public static Refusal badRequest(String text) {
        return new Refusal(Kind.BAD_REQUEST, text);
    }

    /** A refusal that HTTP answers with 404. */
    public static Refusal notFound(String text) {
        return new Refusal(Kind.NOT_FOUND, text);
    }

    /** An argument that cannot be used, refused before anything is looked at: HTTP 500, gRPC {@code InvalidArgument}. */
    public static Refusal invalidArgument(String text) {
        return new Refusal(Kind.INVALID_ARGUMENT, text);
    }

    /** A failed validation: HTTP 500 with the text, gRPC {@code Unknown}. */
    public static Refusal invalid(String text) {
        return new Refusal(Kind.INVALID, text);
    }
}
