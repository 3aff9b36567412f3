package dev.entente.boot;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.entente.config.AgentSettings.Listener;
import dev.entente.config.InvalidConfigException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP port of an agent that is still starting: open from the first moment, and every request is told that there is no leader
 * yet, as a Consul server tells it between its start and its first election.
 *
 * <p>So that whoever starts an agent can wait for it by asking, and a port that is taken is noticed before stores are started. The
 * application's own server takes the port over; between the two, for some milliseconds, connections are refused.
 */
final class FirstDoor {
    private static final byte[] NO_LEADER = "No cluster leader".getBytes(StandardCharsets.UTF_8);
    private static final int SERVER_ERROR = 500;
    /** Answers need no work; more than one thread only so that a client who says nothing does not keep others waiting. */
    private static final int THREADS = 4;

    private static @Nullable FirstDoor open;

    private final HttpServer server;
    private final ExecutorService threads;

    private FirstDoor(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /** Opens the port, if there is to be one; it stays open until {@link #handOver}. */
    static synchronized void open(Listener listener) {
        if (!listener.isOn()) {
            return;
        }
        try {
            HttpServer server = HttpServer.create(
                    new InetSocketAddress(InetAddress.getByName(listener.address()), listener.port()), 0);
            ExecutorService threads = Executors.newFixedThreadPool(THREADS, FirstDoor::daemon);
            server.setExecutor(threads);
            server.createContext("/", FirstDoor::refuse);
            server.start();
            open = new FirstDoor(server, threads);
        } catch (IOException e) {
            throw new InvalidConfigException(
                    "cannot listen on " + listener.address() + ":" + listener.port() + ": " + e.getMessage(), e);
        }
    }

    /** Frees the port for the server that is about to listen on it; without effect when nothing is open. */
    static synchronized void handOver() {
        FirstDoor door = open;
        if (door != null) {
            open = null;
            door.server.stop(0);
            door.threads.shutdownNow();
        }
    }

    private static void refuse(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            exchange.getResponseHeaders().set("Connection", "close");
            exchange.sendResponseHeaders(
                    SERVER_ERROR, exchange.getRequestMethod().equals("HEAD") ? -1 : NO_LEADER.length);
            if (!exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseBody().write(NO_LEADER);
            }
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "first-door");
        thread.setDaemon(true);
        return thread;
    }
}
