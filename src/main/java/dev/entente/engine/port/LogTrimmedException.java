package dev.entente.engine.port;

/** The log no longer holds what comes after the asked position. */
public final class LogTrimmedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LogTrimmedException(String message) {
        super(message, null, false, false);
    }
}
