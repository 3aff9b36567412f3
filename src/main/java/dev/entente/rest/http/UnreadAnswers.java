package dev.entente.rest.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/**
 * Lets a connection ask on only when it has taken most of what it was answered: who sends one request after the other and does not read
 * would else have an answer to each of them waiting in memory.
 */
final class UnreadAnswers {
    /** As long as a client has at least with a large answer. */
    static final Duration USUAL = Duration.ofSeconds(30);

    private final Duration limit;

    UnreadAnswers(Duration limit) {
        this.limit = limit;
    }

    /** Goes on at once, as a rule; else when there is room, and never when that takes too long. */
    void whenTaken(RoutingContext context, Runnable next) {
        HttpServerRequest request = context.request();
        HttpServerResponse response = request.response();
        if (!response.writeQueueFull()) {
            next.run();
            return;
        }
        request.pause();
        long timer = context.vertx().setTimer(limit.toMillis(), late -> ClientPace.cutOff(request));
        response.drainHandler(taken -> {
            context.vertx().cancelTimer(timer);
            response.drainHandler(null);
            request.resume();
            next.run();
        });
    }
}
