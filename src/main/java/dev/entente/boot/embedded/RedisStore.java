package dev.entente.boot.embedded;

import dev.entente.domain.identity.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The data, the settings and the command line of the private Redis. */
final class RedisStore {
    private static final int PROBE_MILLIS = 500;

    private final Path home;
    private final PreparedStores prepared;
    private final int port;
    private final Secret password;

    RedisStore(Path home, PreparedStores prepared, int port, Secret password) {
        this.home = home;
        this.prepared = prepared;
        this.port = port;
        this.password = password;
    }

    StorePlace place() {
        return StorePlace.redis(home);
    }

    List<String> command() {
        return List.of(prepared.redisServer().toString(), settingsFile().toString());
    }

    /** Every write goes to the append-only file, on the disk within a second; the password stands only in a private file. */
    void provideData() throws IOException {
        FileTree.createPrivate(data());
        FileTree.writePrivate(
                settingsFile(),
                String.join(
                        "\n",
                        "bind 127.0.0.1",
                        "port " + port,
                        "requirepass " + password.reveal(),
                        "dir \"" + data() + "\"",
                        "appendonly yes",
                        "appendfsync everysec",
                        "save \"\"",
                        "loglevel warning",
                        ""));
    }

    /** Redis answers PONG once it has read its data back. */
    boolean isReady() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PROBE_MILLIS);
            socket.setSoTimeout(PROBE_MILLIS);
            String probe = "AUTH " + password.reveal() + "\r\nPING\r\nQUIT\r\n";
            socket.getOutputStream().write(probe.getBytes(StandardCharsets.US_ASCII));
            InputStream answer = socket.getInputStream();
            return new String(answer.readAllBytes(), StandardCharsets.US_ASCII).contains("+PONG");
        } catch (IOException e) {
            // Not listening yet, or still loading.
            return false;
        }
    }

    private Path data() {
        return place().directory();
    }

    private Path settingsFile() {
        return home.resolve("redis.conf");
    }
}
