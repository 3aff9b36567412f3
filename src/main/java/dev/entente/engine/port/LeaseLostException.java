package dev.entente.engine.port;

/** Somebody else holds the lease that was shown; nothing was written. */
public final class LeaseLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LeaseLostException(String message) {
        super(message, null, false, false);
    }
}
