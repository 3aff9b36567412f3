package dev.entente.engine.port;

/** A store did not answer in time; whether a write took effect is told by reading again. */
public class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    protected StoreUnavailableException(String message) {
        super(message);
    }
}
