package dev.entente.rest.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.jboss.logging.Logger;

/**
 * Answers requests that failed before an endpoint had them or after it let them go, as endpoints answer: with a status and a sentence,
 * and nothing of what went wrong inside (protocol chapter 6.1.2).
 */
public final class LostRequests {
    private static final Logger LOG = Logger.getLogger(LostRequests.class);

    private LostRequests() {}

    /** The failure handler of all routes. */
    public static void answer(RoutingContext context) {
        int status = context.statusCode() < 400 ? 500 : context.statusCode();
        HttpServerResponse response = context.response();
        // Such as a body over the limit, which was refused while it still came.
        if (response.ended()) {
            return;
        }
        if (status >= 500) {
            LOG.error("a request failed outside of its endpoint", context.failure());
        }
        if (response.headWritten()) {
            response.reset();
            return;
        }
        response.setStatusCode(status).putHeader(Headers.CONTENT_TYPE, Answer.TEXT);
        if (context.request().method().equals(HttpMethod.HEAD)) {
            response.end();
        } else {
            response.end(status >= 500 ? Failures.UNEXPECTED : response.getStatusMessage());
        }
    }
}
