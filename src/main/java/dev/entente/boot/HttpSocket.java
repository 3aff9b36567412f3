package dev.entente.boot;

import dev.entente.config.AgentSettings;
import dev.entente.config.AgentSettings.UnixSocket;
import dev.entente.config.InvalidConfigException;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.vertx.http.DomainSocketServerStart;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The unix socket on which HTTP is served (protocol chapter 13, {@code addresses.http} and {@code unix_sockets}). It needs the sockets
 * of the system itself, which Java has for Linux on the two usual processors; a native executable has none.
 */
@Singleton
final class HttpSocket {
    private static final Logger LOG = Logger.getLogger("dev.entente.boot");
    private static final Set<String> PROCESSORS = Set.of("amd64", "aarch64");

    private final AgentSettings settings;

    HttpSocket(AgentSettings settings) {
        this.settings = settings;
    }

    /**
     * Makes way for the socket before anything is started.
     *
     * @throws InvalidConfigException when there can be no such socket
     */
    static void prepare(UnixSocket socket) {
        if (!isSupported()) {
            throw new InvalidConfigException("addresses.http: unix sockets need Linux on x86-64 or arm64, and Java;"
                    + " take an IP address, or run the jar in place of the native executable");
        }
        try {
            Owner.of(socket);
            replace(socket.path());
        } catch (IOException e) {
            throw new InvalidConfigException("cannot listen on unix://" + socket.path() + ": " + reason(e), e);
        }
    }

    private static boolean isSupported() {
        boolean isNative = System.getProperty("org.graalvm.nativeimage.imagecode") != null;
        return !isNative
                && System.getProperty("os.name").toLowerCase(Locale.ROOT).equals("linux")
                && PROCESSORS.contains(System.getProperty("os.arch"));
    }

    /** What an agent that was killed has left is replaced; a socket that somebody listens on, or another file, is not. */
    private static void replace(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isOther()) {
            throw new IOException("there is another file of that name");
        }
        if (isListenedOn(path)) {
            throw new IOException("another process listens on it");
        }
        Files.delete(path);
    }

    private static boolean isListenedOn(Path path) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            return channel.isConnected();
        } catch (ConnectException e) {
            return false;
        }
    }

    /** From now on it belongs to whom it shall belong; until now to who runs the agent. */
    void opened(@ObservesAsync DomainSocketServerStart event) {
        settings.listeners().httpSocket().ifPresent(socket -> {
            try {
                permit(socket);
            } catch (IOException e) {
                LOG.errorf("cannot set up the socket, the agent ends path=%s reason=%s", socket.path(), reason(e));
                Quarkus.asyncExit(1);
            }
        });
    }

    private static void permit(UnixSocket socket) throws IOException {
        PosixFileAttributeView file = Files.getFileAttributeView(socket.path(), PosixFileAttributeView.class);
        Owner owner = Owner.of(socket);
        if (owner.user != null) {
            file.setOwner(owner.user);
        }
        if (owner.group != null) {
            file.setGroup(owner.group);
        }
        if (socket.mode().isPresent()) {
            file.setPermissions(socket.mode().get());
        }
    }

    void closing(@Observes ShutdownEvent event) {
        settings.listeners().httpSocket().ifPresent(socket -> {
            try {
                Files.deleteIfExists(socket.path());
            } catch (IOException e) {
                LOG.warnf("socket left behind path=%s reason=%s", socket.path(), reason(e));
            }
        });
    }

    /** Exceptions of files tell little more than a name. */
    private static String reason(IOException e) {
        return e instanceof FileSystemException || e.getMessage() == null ? e.toString() : e.getMessage();
    }

    /** Null for who it is anyway. */
    private record Owner(
            @Nullable UserPrincipal user, @Nullable GroupPrincipal group) {
        static Owner of(UnixSocket socket) throws IOException {
            UserPrincipalLookupService known = FileSystems.getDefault().getUserPrincipalLookupService();
            return new Owner(
                    found(socket.user(), known::lookupPrincipalByName),
                    found(socket.group(), known::lookupPrincipalByGroupName));
        }

        /** The platform's exception does not name whom it looked for in every release. */
        private static <T> @Nullable T found(Optional<String> name, Lookup<T> lookup) throws IOException {
            if (name.isEmpty()) {
                return null;
            }
            try {
                return lookup.of(name.get());
            } catch (UserPrincipalNotFoundException e) {
                throw new IOException("there is no user or group " + name.get(), e);
            }
        }
    }

    /** Finds whoever has a name. */
    @FunctionalInterface
    private interface Lookup<T> {
        T of(String name) throws IOException;
    }
}
