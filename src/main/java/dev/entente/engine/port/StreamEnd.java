package dev.entente.engine.port;

/**
 * How a stream or a call ended when it did not end well.
 *
 * @param code a gRPC code number (protocol chapter 2.2.2)
 */
public record StreamEnd(int code, String text) {
    public static final int UNKNOWN = 2;
    public static final int INVALID_ARGUMENT = 3;
    public static final int PERMISSION_DENIED = 7;
    public static final int RESOURCE_EXHAUSTED = 8;
    public static final int FAILED_PRECONDITION = 9;
    public static final int ABORTED = 10;
    public static final int INTERNAL = 13;
    public static final int UNAVAILABLE = 14;
}
