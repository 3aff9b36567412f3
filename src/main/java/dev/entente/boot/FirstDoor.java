package dev.entente.boot;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.entente.config.AgentSettings.Listener;
import dev.entente.config.AgentSettings.UnixSocket;
import dev.entente.config.InvalidConfigException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP port of an agent that is still starting, and its unix socket: open from the first moment, and every request is told that
 * there is no leader yet, as a Consul server tells it between its start and its first election.
 *
 * <p>So that whoever starts an agent can wait for it by asking, and a port that is taken is noticed before stores are started. The
 * application's own server takes the port over; between the two, for some milliseconds, connections are refused.
 */
final class FirstDoor {
    private static final int SERVER_ERROR = 500;
    private static final String TYPE = "text/plain; charset=utf-8";
    private static final String NO_LEADER = "No cluster leader";
    private static final byte[] BODY = NO_LEADER.getBytes(StandardCharsets.UTF_8);
    /** The same as a whole, for the socket, which the platform's server cannot listen on. */
    private static final String WHOLE_ANSWER =
            "HTTP/1.1 %d Internal Server Error\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                    .formatted(SERVER_ERROR, TYPE, BODY.length, NO_LEADER);

    /** Answers need no work; more than one thread only so that a client who says nothing does not keep others waiting. */
    private static final int THREADS = 4;

    private static @Nullable FirstDoor open;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, FirstDoor::daemon);
    private @Nullable HttpServer server;
    private @Nullable FirstSocket socket;

    private FirstDoor() {}

    /** Opens the port and the socket, if there are to be any; they stay open until {@link #handOver}. */
    static synchronized void open(Listener listener, Optional<UnixSocket> socket) {
        FirstDoor door = new FirstDoor();
        open = door;
        if (listener.isOn()) {
            door.server = tried(listener.address() + ":" + listener.port(), () -> door.serve(listener));
        }
        socket.ifPresent(unix -> {
            HttpSocket.prepare(unix);
            door.socket =
                    tried("unix://" + unix.path(), () -> FirstSocket.open(unix.path(), door.threads, WHOLE_ANSWER));
        });
    }

    private static <T> T tried(String address, Opening<T> opening) {
        try {
            return opening.open();
        } catch (IOException e) {
            throw new InvalidConfigException("cannot listen on " + address + ": " + e.getMessage(), e);
        }
    }

    private HttpServer serve(Listener listener) throws IOException {
        HttpServer opened =
                HttpServer.create(new InetSocketAddress(InetAddress.getByName(listener.address()), listener.port()), 0);
        opened.setExecutor(threads);
        opened.createContext("/", FirstDoor::refuse);
        opened.start();
        return opened;
    }

    /** Frees port and socket for the server that is about to listen on them; without effect when nothing is open. */
    static synchronized void handOver() {
        FirstDoor door = open;
        if (door != null) {
            open = null;
            door.close();
        }
    }

    private void close() {
        if (server != null) {
            server.stop(0);
        }
        if (socket != null) {
            socket.close();
        }
        threads.shutdownNow();
    }

    private static void refuse(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", TYPE);
            exchange.getResponseHeaders().set("Connection", "close");
            exchange.sendResponseHeaders(
                    SERVER_ERROR, exchange.getRequestMethod().equals("HEAD") ? -1 : BODY.length);
            if (!exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseBody().write(BODY);
            }
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "first-door");
        thread.setDaemon(true);
        return thread;
    }

    /** What may find its address taken. */
    @FunctionalInterface
    private interface Opening<T> {
        T open() throws IOException;
    }
}
