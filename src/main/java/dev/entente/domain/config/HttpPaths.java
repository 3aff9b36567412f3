package dev.entente.domain.config;

import static dev.entente.domain.config.Faults.when;

import java.util.Optional;
import java.util.stream.Stream;

/** The three ways to name a path, of which at most one may be used. */
final class HttpPaths {
    private HttpPaths() {}

    static Optional<String> fault(String exact, String prefix, String regex) {
        return faultOfPath("PathExact", exact)
                .or(() -> faultOfPath("PathPrefix", prefix))
                .or(() -> when(
                        set(exact, prefix, regex) > 1,
                        "should only contain at most one of PathExact, PathPrefix, or PathRegex"));
    }

    private static Optional<String> faultOfPath(String member, String path) {
        return when(!path.isEmpty() && !path.startsWith("/"), member + " doesn't start with '/': \"" + path + "\"");
    }

    /** How many of the texts say something. */
    static long set(String... texts) {
        return Stream.of(texts).filter(text -> !text.isEmpty()).count();
    }
}
