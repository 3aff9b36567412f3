package dev.entente.engine.port;

/** The log of a partition has not begun, or the store came back empty: {@link ChangeLog#begin} helps, waiting does not. */
public final class LogMissingException extends StoreUnavailableException {
    private static final long serialVersionUID = 1L;

    public LogMissingException(String message) {
        super(message);
    }
}
