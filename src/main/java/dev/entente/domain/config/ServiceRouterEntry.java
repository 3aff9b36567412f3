package dev.entente.domain.config;

import dev.entente.domain.identity.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which requests to a service go where. The first route that fits decides; what fits none goes to the service itself. */
public record ServiceRouterEntry(String name, List<Route> routes, Map<String, String> meta) implements ConfigEntry {
    public static final String KIND = "service-router";

    public ServiceRouterEntry {
        routes = List.copyOf(routes);
        meta = Map.copyOf(meta);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome<ServiceRouterEntry> normalised() {
        ServiceRouterEntry normal = ServiceRouterRules.normalised(this);
        return ConfigEntry.unless(ServiceRouterRules.fault(normal), normal);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
        return cases.serviceRouter(this);
    }

    /** Where requests go that fit. */
    public record Route(@Nullable Match match, @Nullable Destination destination) {}

    /** Which requests fit; null fits all. */
    public record Match(@Nullable HttpMatch http) {}

    /** Which HTTP requests fit. */
    public record HttpMatch(
            String pathExact,
            String pathPrefix,
            String pathRegex,
            List<HeaderMatch> header,
            List<QueryMatch> queryParam,
            List<String> methods) {
        public HttpMatch {
            header = List.copyOf(header);
            queryParam = List.copyOf(queryParam);
            methods = List.copyOf(methods);
        }
    }

    /** Which parameter a request must have. */
    public record QueryMatch(String name, boolean present, String exact, String regex) {}

    /** Where requests go, and how. */
    public record Destination(
            String service,
            String serviceSubset,
            String namespace,
            String partition,
            String prefixRewrite,
            Duration requestTimeout,
            long numRetries,
            boolean retryOnConnectFailure,
            List<String> retryOn,
            List<Long> retryOnStatusCodes,
            @Nullable HeaderModifiers requestHeaders,
            @Nullable HeaderModifiers responseHeaders) {
        public Destination {
            retryOn = List.copyOf(retryOn);
            retryOnStatusCodes = List.copyOf(retryOnStatusCodes);
        }

        /** A service without anything else. */
        public static Destination to(String service, String namespace, String partition) {
            return new Destination(
                    service, "", namespace, partition, "", Duration.ZERO, 0, false, List.of(), List.of(), null, null);
        }
    }
}
