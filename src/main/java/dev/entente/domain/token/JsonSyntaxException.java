package dev.entente.domain.token;

/** JSON that cannot be read; the message is the sentence that Consul's servers say. Never leaves this package. */
final class JsonSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    JsonSyntaxException(String message) {
        super(message, null, false, false);
    }
}
