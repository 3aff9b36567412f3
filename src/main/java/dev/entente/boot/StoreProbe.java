package dev.entente.boot;

import dev.entente.config.InvalidConfigException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;

/** Waits, before the application runs, until a configured store takes connections; so replicas and stores may start in any order. */
final class StoreProbe {
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int CONNECT_MILLIS = 1000;

    private StoreProbe() {}

    /**
     * Returns as soon as somebody listens there.
     *
     * @param setting the name for the message when the patience is over
     */
    static void await(String setting, String url, int usualPort, Duration patience) {
        InetSocketAddress address = address(setting, url, usualPort);
        long deadline = System.nanoTime() + patience.toNanos();
        while (!listens(address)) {
            if (System.nanoTime() > deadline) {
                throw new InvalidConfigException(setting + ": nobody answers at " + address.getHostString() + ":"
                        + address.getPort() + " after " + patience.toSeconds() + " s");
            }
            pause();
        }
    }

    private static InetSocketAddress address(String setting, String url, int usualPort) {
        try {
            URI uri = URI.create(url);
            if (uri.getHost() == null) {
                throw new InvalidConfigException(setting + ": no host in the URL");
            }
            return new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? usualPort : uri.getPort());
        } catch (IllegalArgumentException e) {
            // Without the text: it may carry a password.
            throw new InvalidConfigException(setting + ": not a URL");
        }
    }

    /** Resolved anew each time: a name may appear later than we do. */
    private static boolean listens(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.getHostString(), address.getPort()), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InvalidConfigException("interrupted while waiting for a store", e);
        }
    }
}
