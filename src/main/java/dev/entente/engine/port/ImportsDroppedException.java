package dev.entente.engine.port;

/**
 * The log takes no imports of the peering that were shown, because what was imported of it was cleared away; nothing was written. That
 * a new token has brought the peering back may not stand in the log yet, so it is worth asking again for as long as the peering is
 * active.
 */
public final class ImportsDroppedException extends StoreUnavailableException {
    private static final long serialVersionUID = 1L;

    public ImportsDroppedException(String message) {
        super(message);
    }
}
