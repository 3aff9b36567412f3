package dev.entente.rest.http;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the operator ordered for any request (protocol chapters 6.1.2 and 13).
 *
 * @param responseHeaders added to every answer
 * @param blockedEndpoints beginnings of paths that are not served
 * @param allowWriteFrom from where changes are taken; none for everywhere
 * @param maxConnectionsPerClient 0 or less for any number
 */
public record HttpRules(
        Map<String, String> responseHeaders,
        List<String> blockedEndpoints,
        List<Network> allowWriteFrom,
        int maxConnectionsPerClient) {
    public static final HttpRules NONE = new HttpRules(Map.of(), List.of(), List.of(), 0);

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    public HttpRules {
        responseHeaders = Map.copyOf(responseHeaders);
        blockedEndpoints = List.copyOf(blockedEndpoints);
        allowWriteFrom = List.copyOf(allowWriteFrom);
    }

    /** Why a request is not let in; empty when it is. */
    Optional<String> refusal(HttpServerRequest request, Route route) {
        if (blockedEndpoints.stream().anyMatch(route.pattern()::startsWith)) {
            return Optional.of("Endpoint is blocked by agent configuration");
        }
        boolean reads = READING.contains(request.method().name());
        return reads || allowWriteFrom.isEmpty() || comesFromAllowed(request)
                ? Optional.empty()
                : Optional.of("Access is restricted");
    }

    private boolean comesFromAllowed(HttpServerRequest request) {
        String address = request.remoteAddress().hostAddress();
        return allowWriteFrom.stream().anyMatch(network -> network.contains(address));
    }
}
