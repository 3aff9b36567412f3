package dev.entente.domain.config;

import static dev.entente.domain.config.Faults.firstOf;
import static dev.entente.domain.config.Faults.when;

import dev.entente.domain.config.ServiceRouterEntry.Destination;
import dev.entente.domain.config.ServiceRouterEntry.HttpMatch;
import dev.entente.domain.config.ServiceRouterEntry.Match;
import dev.entente.domain.config.ServiceRouterEntry.QueryMatch;
import dev.entente.domain.config.ServiceRouterEntry.Route;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a service-router entry may be. */
final class ServiceRouterRules {
    private static final Set<String> RETRY_CONDITIONS = Set.of(
            "5xx",
            "gateway-error",
            "reset",
            "connect-failure",
            "envoy-ratelimited",
            "retriable-4xx",
            "refused-stream",
            "cancelled",
            "deadline-exceeded",
            "internal",
            "resource-exhausted",
            "unavailable");

    private ServiceRouterRules() {}

    static ServiceRouterEntry normalised(ServiceRouterEntry entry) {
        List<Route> routes =
                entry.routes().stream().map(ServiceRouterRules::normalised).toList();
        return new ServiceRouterEntry(entry.name(), routes, entry.meta());
    }

    private static Route normalised(Route route) {
        HttpMatch http = httpOf(route);
        if (http == null) {
            return route;
        }
        List<String> methods = http.methods().stream()
                .map(method -> method.toUpperCase(Locale.ROOT))
                .toList();
        HttpMatch normal = new HttpMatch(
                http.pathExact(), http.pathPrefix(), http.pathRegex(), http.header(), http.queryParam(), methods);
        return new Route(new Match(normal), route.destination());
    }

    private static @Nullable HttpMatch httpOf(Route route) {
        Match match = route.match();
        return match == null ? null : match.http();
    }

    static Optional<String> fault(ServiceRouterEntry entry) {
        return when(entry.name().isEmpty(), "Name is required")
                .or(() -> EntryMeta.fault(entry.meta()))
                .or(() -> firstOf(
                        entry.routes().size(),
                        i -> fault(entry.routes().get(i)).map(fault -> "Route[" + i + "] " + fault)));
    }

    private static Optional<String> fault(Route route) {
        HttpMatch http = httpOf(route);
        Optional<String> ofMatch = http == null ? Optional.empty() : fault(http);
        return ofMatch.or(() -> fault(http, route.destination()));
    }

    private static Optional<String> fault(HttpMatch http) {
        return HttpPaths.fault(http.pathExact(), http.pathPrefix(), http.pathRegex())
                .or(() -> firstOf(
                        http.header().size(),
                        j -> fault(http.header().get(j)).map(fault -> "Header[" + j + "] " + fault)))
                .or(() -> firstOf(
                        http.queryParam().size(),
                        j -> fault(http.queryParam().get(j)).map(fault -> "QueryParam[" + j + "] " + fault)))
                .or(() -> HttpMethods.fault(http.methods()));
    }

    private static Optional<String> fault(HeaderMatch header) {
        long conditions = HttpPaths.set(header.exact(), header.prefix(), header.suffix(), header.regex())
                + (header.present() ? 1 : 0);
        return when(header.name().isEmpty(), "missing required Name field")
                .or(() -> when(conditions != 1, "should only contain one of Present, Exact, Prefix, Suffix, or Regex"));
    }

    private static Optional<String> fault(QueryMatch query) {
        long conditions = HttpPaths.set(query.exact(), query.regex()) + (query.present() ? 1 : 0);
        return when(query.name().isEmpty(), "missing required Name field")
                .or(() -> when(conditions != 1, "should only contain one of Present, Exact, or Regex"));
    }

    private static Optional<String> fault(@Nullable HttpMatch http, @Nullable Destination destination) {
        if (destination == null) {
            return Optional.empty();
        }
        boolean hasPath = http != null && HttpPaths.set(http.pathExact(), http.pathPrefix()) > 0;
        return when(
                        !destination.prefixRewrite().isEmpty() && !hasPath,
                        "cannot make use of PrefixRewrite without configuring either PathExact or PathPrefix")
                .or(() -> destination.retryOn().stream()
                        .filter(condition -> !RETRY_CONDITIONS.contains(condition))
                        .map(condition -> "contains an invalid retry condition: \"" + condition + "\"")
                        .findFirst());
    }
}
