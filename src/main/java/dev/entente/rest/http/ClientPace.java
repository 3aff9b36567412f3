package dev.entente.rest.http;

import dev.entente.engine.port.EventLoop;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerConnection;
import java.time.Duration;

/** How long a client may take with a large answer: whoever takes longer holds memory that others wait for. */
public final class ClientPace {
    private static final Duration AT_LEAST = Duration.ofSeconds(30);

    private final long bytesPerSecond;
    private final Duration atLeast;
    private final EventLoop timers;

    public ClientPace(long bytesPerSecond, EventLoop timers) {
        this(bytesPerSecond, AT_LEAST, timers);
    }

    ClientPace(long bytesPerSecond, Duration atLeast, EventLoop timers) {
        this.bytesPerSecond = Math.max(1, bytesPerSecond);
        this.atLeast = atLeast;
        this.timers = timers;
    }

    /** Does something when the time for so many bytes is over, unless it is called off. */
    EventLoop.Timer after(long bytes, Runnable late) {
        return timers.after(atLeast.plusMillis(1000 * bytes / bytesPerSecond), late);
    }

    /**
     * Closes the connection of a client that does not read, with all that it has not taken. The public way would wait until it has: only the
     * channel is closed at once.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // there is nothing to do when it is closed
    static void cutOff(HttpServerRequest request) {
        if (request.version() != HttpVersion.HTTP_2
                && request.connection() instanceof HttpServerConnection connection) {
            connection.channelHandlerContext().close();
        } else {
            request.response().reset();
        }
    }
}
