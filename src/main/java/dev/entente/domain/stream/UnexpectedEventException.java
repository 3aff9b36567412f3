package dev.entente.domain.stream;

/** An event that cannot happen in a state: a fault of the driver, never of the other side. */
public final class UnexpectedEventException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    UnexpectedEventException(Session session, StreamEvent event) {
        super(session.getClass().getSimpleName() + " does not accept "
                + event.getClass().getSimpleName());
    }
}
