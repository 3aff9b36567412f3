package dev.entente.rest;

import dev.entente.engine.telemetry.Meters;
import dev.entente.rest.http.RequestReport;
import dev.entente.rest.http.Route;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Times every request by its route (protocol chapter 12), and logs it for those who look for it. */
@Singleton
final class RequestLog implements RequestReport {
    private static final Logger LOG = Logger.getLogger("dev.entente.http");

    private final Meters meters;
    /** By method and route, of which there are few. */
    private final Map<String, SortedMap<String, String>> labels = new ConcurrentHashMap<>();

    RequestLog(Meters meters) {
        this.meters = meters;
    }

    @Override
    public void answered(String method, Route route, Supplier<String> url, String from, Duration took) {
        meters.time("api.http", took, labels.computeIfAbsent(method + " " + route.pattern(), key -> of(method, route)));
        if (LOG.isDebugEnabled()) {
            LOG.debugf(
                    "request finished method=%s url=%s from=%s latency=%dus",
                    method, url.get(), from, took.toNanos() / 1000);
        }
    }

    private static SortedMap<String, String> of(String method, Route route) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(
                Map.of("method", method, "path", route.pattern().substring(1).replace('/', '_'))));
    }
}
