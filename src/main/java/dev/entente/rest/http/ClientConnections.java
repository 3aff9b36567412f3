package dev.entente.rest.http;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many connections each client has (protocol chapter 13). A connection counts from its first request on until it is closed; one
 * more than a client may have is refused and closed.
 */
final class ClientConnections {
    private final int limit;
    private final Map<HttpConnection, String> known = new ConcurrentHashMap<>();
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();

    /** {@code limit}: 0 or less for any number. */
    ClientConnections(int limit) {
        this.limit = limit;
    }

    boolean admit(HttpServerRequest request) {
        if (limit <= 0) {
            return true;
        }
        HttpConnection connection = request.connection();
        String client = String.valueOf(request.remoteAddress().hostAddress());
        if (known.putIfAbsent(connection, client) != null) {
            return true;
        }
        connection.closeHandler(closed -> forget(connection));
        if (counts.merge(client, 1, Integer::sum) <= limit) {
            return true;
        }
        request.response().endHandler(ended -> connection.close());
        return false;
    }

    private void forget(HttpConnection connection) {
        String client = known.remove(connection);
        if (client != null) {
            counts.computeIfPresent(client, (key, count) -> count > 1 ? count - 1 : null);
        }
    }
}
