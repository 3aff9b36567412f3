package dev.entente.domain.stream;

/** The gRPC codes with which streams end and responses are refused (protocol chapter 2.2.2). */
public enum StatusCode {
    OK(0, "OK"),
    CANCELLED(1, "Canceled"),
    UNKNOWN(2, "Unknown"),
    INVALID_ARGUMENT(3, "InvalidArgument"),
    DEADLINE_EXCEEDED(4, "DeadlineExceeded"),
    NOT_FOUND(5, "NotFound"),
    ALREADY_EXISTS(6, "AlreadyExists"),
    PERMISSION_DENIED(7, "PermissionDenied"),
    RESOURCE_EXHAUSTED(8, "ResourceExhausted"),
    FAILED_PRECONDITION(9, "FailedPrecondition"),
    ABORTED(10, "Aborted"),
    OUT_OF_RANGE(11, "OutOfRange"),
    UNIMPLEMENTED(12, "Unimplemented"),
    INTERNAL(13, "Internal"),
    UNAVAILABLE(14, "Unavailable"),
    DATA_LOSS(15, "DataLoss"),
    UNAUTHENTICATED(16, "Unauthenticated");

    private final int number;
    private final String word;

    StatusCode(int number, String word) {
        this.number = number;
        this.word = word;
    }

    public int number() {
        return number;
    }

    /** The error as Consul writes it into texts: {@code rpc error: code = <name> desc = <text>}. */
    public static String describe(int number, String text) {
        for (StatusCode code : values()) {
            if (code.number == number) {
                return "rpc error: code = " + code.word + " desc = " + text;
            }
        }
        return "rpc error: code = Code(" + number + ") desc = " + text;
    }
}
