package dev.entente.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entente.config.AgentSettings.UnixSocket;
import dev.entente.config.InvalidConfigException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpSocketTest {
    @TempDir
    Path directory;

    private UnixSocket socket() {
        return socket(Optional.empty(), Optional.empty());
    }

    private UnixSocket socket(Optional<String> user, Optional<String> group) {
        return new UnixSocket(directory.resolve("http.sock"), user, group, Optional.empty());
    }

    private ServerSocketChannel listening() throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket().path()));
    }

    @Test
    void whatAKilledAgentHasLeftMakesWay() throws IOException {
        listening().close();
        assertThat(socket().path()).exists();

        HttpSocket.prepare(socket());

        assertThat(socket().path()).doesNotExist();
    }

    @Test
    void aSocketThatSomebodyListensOnStays() throws IOException {
        try (ServerSocketChannel other = listening()) {
            assertThatThrownBy(() -> HttpSocket.prepare(socket()))
                    .isInstanceOf(InvalidConfigException.class)
                    .hasMessage("cannot listen on unix://" + socket().path() + ": another process listens on it");
            assertThat(other.getLocalAddress()).isNotNull();
            assertThat(socket().path()).exists();
        }
    }

    @Test
    void anotherFileStays() throws IOException {
        Files.writeString(socket().path(), "precious");

        assertThatThrownBy(() -> HttpSocket.prepare(socket()))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageEndingWith("there is another file of that name");
        assertThat(socket().path()).hasContent("precious");
    }

    @Test
    void whomItShallBelongToHasToExist() {
        assertThatThrownBy(() -> HttpSocket.prepare(socket(Optional.of("nobody-of-that-name"), Optional.empty())))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageEndingWith("there is no user or group nobody-of-that-name");
        assertThatThrownBy(() -> HttpSocket.prepare(socket(Optional.empty(), Optional.of("nobody-of-that-name"))))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageEndingWith("there is no user or group nobody-of-that-name");
        assertThatCode(() -> HttpSocket.prepare(socket(Optional.of("root"), Optional.of("0"))))
                .doesNotThrowAnyException();
    }
}
