package dev.entente.redis;

import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.core.net.NetServer;
import io.vertx.mutiny.core.net.NetSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A wire to the Redis of the tests that can be cut, or swallow what it is given. */
final class BadWire implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final int target;
    private final NetServer server;
    private final List<NetSocket> sockets = new CopyOnWriteArrayList<>();
    private volatile boolean refusing;
    private volatile boolean swallowing;

    BadWire(int target) {
        this.target = target;
        this.server = TestRedis.vertx()
                .createNetServer()
                .connectHandler(this::connect)
                .listen(0, "127.0.0.1")
                .await()
                .atMost(LIMIT);
    }

    int port() {
        return server.actualPort();
    }

    /** Cuts all connections; new ones are taken. */
    void cut() {
        sockets.forEach(NetSocket::closeAndForget);
        sockets.clear();
    }

    /** Cuts all connections and every new one. */
    void refuse() {
        refusing = true;
        cut();
    }

    /** Keeps all connections and lets nothing through any more, also on those made from now on. */
    void swallow() {
        swallowing = true;
    }

    /** New connections work again; those that swallowed something never do. */
    void heal() {
        refusing = false;
        swallowing = false;
    }

    private void connect(NetSocket near) {
        if (refusing) {
            near.closeAndForget();
            return;
        }
        near.pause();
        TestRedis.vertx()
                .createNetClient()
                .connect(target, "127.0.0.1")
                .subscribe()
                .with(far -> {
                    sockets.add(near);
                    sockets.add(far);
                    pump(near, far);
                    pump(far, near);
                    near.resume();
                });
    }

    private void pump(NetSocket from, NetSocket to) {
        boolean[] stuck = {false};
        from.getDelegate().handler((Buffer bytes) -> {
            stuck[0] |= swallowing;
            if (!stuck[0]) {
                to.getDelegate().write(bytes);
            }
        });
        from.getDelegate().closeHandler(closed -> to.getDelegate().close());
    }

    @Override
    public void close() {
        cut();
        server.closeAndAwait();
    }
}
