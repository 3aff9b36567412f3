package dev.entente.rest.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/** Cuts off a request whose body has not arrived within its time: whoever drips it holds a connection and what came so far. */
final class BodyDeadline {
    /** For a body of the largest size, some 17 KB a second. */
    static final Duration USUAL = Duration.ofSeconds(60);

    private final Duration limit;

    BodyDeadline(Duration limit) {
        this.limit = limit;
    }

    /** Watches requests that have a body, and those only: thousands without one may be waiting. */
    void watch(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!hasBody(request) || request.isEnded()) {
            return;
        }
        Vertx vertx = context.vertx();
        long timer = vertx.setTimer(limit.toMillis(), due -> cut(request));
        context.addEndHandler(end -> vertx.cancelTimer(timer));
    }

    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return request.getHeader("Transfer-Encoding") != null || (length != null && !length.equals("0"));
    }

    private static void cut(HttpServerRequest request) {
        if (!request.isEnded()) {
            request.response().reset();
        }
    }
}
