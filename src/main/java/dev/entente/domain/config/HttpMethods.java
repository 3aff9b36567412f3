package dev.entente.domain.config;

import static dev.entente.domain.config.Faults.firstOf;
import static dev.entente.domain.config.Faults.when;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lists of HTTP methods: known ones, each once. */
final class HttpMethods {
    private static final Set<String> KNOWN =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE");

    private HttpMethods() {}

    static Optional<String> fault(List<String> methods) {
        return firstOf(methods.size(), m -> fault(methods, m));
    }

    private static Optional<String> fault(List<String> methods, int index) {
        String method = methods.get(index);
        return when(!KNOWN.contains(method), "Methods contains an invalid method \"" + method + "\"")
                .or(() -> when(
                        methods.subList(0, index).contains(method),
                        "Methods contains \"" + method + "\" more than once"));
    }
}
