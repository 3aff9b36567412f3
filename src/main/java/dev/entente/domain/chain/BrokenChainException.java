package dev.entente.domain.chain;

/** Entries do not fit together. Never leaves this package: a compiler that runs into it answers with a refusal. */
final class BrokenChainException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokenChainException(String text) {
        super(text, null, false, false);
    }

    /** The text. */
    String text() {
        return String.valueOf(getMessage());
    }
}
