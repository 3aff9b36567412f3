package dev.entente.rest.body;

/** A body that cannot be read; the message is in the words of Go's JSON decoder (protocol chapter 6.1.9). */
public final class MalformedBodyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedBodyException(String message) {
        super(message, null, false, false);
    }

    /** The message; never null. */
    public String text() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
