package dev.entente.rest.http;

import java.util.Optional;

/** Booleans in Go's spellings. */
public final class GoBoolean {
    private GoBoolean() {}

    public static Optional<Boolean> parse(String text) {
        return switch (text) {
            case "1", "t", "T", "true", "TRUE", "True" -> Optional.of(true);
            case "0", "f", "F", "false", "FALSE", "False" -> Optional.of(false);
            default -> Optional.empty();
        };
    }
}
