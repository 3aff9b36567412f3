package dev.entente.engine.port;

/**
 * A write came after a later one of the same lease holder, who had given this one up when it was not answered, or after the end of what
 * it belongs to; nothing was written. What it would have brought may be older than what is there.
 */
public final class LateCallException extends StoreUnavailableException {
    private static final long serialVersionUID = 1L;

    public LateCallException(String message) {
        super(message);
    }
}
