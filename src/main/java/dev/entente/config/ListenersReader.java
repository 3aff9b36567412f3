package dev.entente.config;

import dev.entente.config.AgentSettings.Listener;
import dev.entente.config.AgentSettings.UnixSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads where an agent listens. */
final class ListenersReader {
    private static final String UNIX = "unix://";
    /** What the system's structure for such an address holds. */
    private static final int MAX_SOCKET_PATH = 107;

    private static final int OCTAL = 8;
    private static final int EVERYTHING = 0777;

    private final ConfigValues values;
    private final List<String> warnings;

    ListenersReader(ConfigValues values, List<String> warnings) {
        this.values = values;
        this.warnings = warnings;
    }

    AgentSettings.Listeners read() {
        return new AgentSettings.Listeners(
                listener("http"), listener("https"), listener("grpc"), listener("grpc_tls"), httpSocket());
    }

    private Listener listener(String door) {
        int port = port(door);
        List<String> hosts =
                addresses(door).filter(address -> !isSocket(address)).toList();
        if (hosts.isEmpty()) {
            return new Listener("", Listener.OFF);
        }
        if (hosts.size() > 1 && port > 0) {
            warnings.add("addresses." + door + ": one address is supported, listening on " + hosts.get(0) + " only");
        }
        return new Listener(hosts.get(0), port);
    }

    /** {@link Listener#OFF}, or the port. */
    private int port(String door) {
        int port = values.port(door, Listener.OFF);
        return port > 0 ? port : Listener.OFF;
    }

    private Stream<String> addresses(String door) {
        String client = HostAddresses.expand("client_addr", values.text("client_addr", "127.0.0.1"));
        String key = "addresses." + door;
        String[] each = HostAddresses.expand(key, values.text(key, client)).split("\\s+", -1);
        if (!door.equals("http") && Stream.of(each).anyMatch(ListenersReader::isSocket)) {
            throw new InvalidConfigException(key + ": unix sockets are supported for http only");
        }
        return Stream.of(each);
    }

    private static boolean isSocket(String address) {
        return address.startsWith(UNIX);
    }

    /** As with Consul's agents there is none when the port is off. */
    private Optional<UnixSocket> httpSocket() {
        List<String> sockets =
                addresses("http").filter(ListenersReader::isSocket).toList();
        if (sockets.isEmpty() || port("http") == Listener.OFF) {
            return Optional.empty();
        }
        if (sockets.size() > 1) {
            throw new InvalidConfigException("addresses.http: one unix socket is supported");
        }
        String path = sockets.get(0).substring(UNIX.length());
        if (path.isEmpty() || path.getBytes(StandardCharsets.UTF_8).length > MAX_SOCKET_PATH) {
            throw new InvalidConfigException(
                    "addresses.http: the path of a unix socket has 1 to " + MAX_SOCKET_PATH + " bytes");
        }
        return Optional.of(new UnixSocket(
                Path.of(path).toAbsolutePath(),
                values.text("unix_sockets.user"),
                values.text("unix_sockets.group"),
                values.text("unix_sockets.mode").map(ListenersReader::permissions)));
    }

    private static Set<PosixFilePermission> permissions(String mode) {
        int bits = octal(mode);
        Set<PosixFilePermission> permitted = EnumSet.noneOf(PosixFilePermission.class);
        // From the owner's right to read on, in the order of the bits.
        PosixFilePermission[] all = PosixFilePermission.values();
        for (int i = 0; i < all.length; i++) {
            if ((bits >> (all.length - 1 - i) & 1) == 1) {
                permitted.add(all[i]);
            }
        }
        return permitted;
    }

    private static int octal(String mode) {
        try {
            int bits = Integer.parseInt(mode, OCTAL);
            if (bits >= 0 && bits <= EVERYTHING) {
                return bits;
            }
        } catch (NumberFormatException e) {
            // Told below, together with numbers that are no modes.
        }
        throw new InvalidConfigException(
                "unix_sockets.mode: invalid mode specified: " + mode + "; a mode is an octal number up to 0777");
    }
}
