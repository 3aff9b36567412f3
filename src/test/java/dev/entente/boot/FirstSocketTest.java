package dev.entente.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstSocketTest {
    @TempDir
    Path directory;

    private final ExecutorService threads = Executors.newFixedThreadPool(3);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private SocketChannel client() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(directory.resolve("s")));
    }

    private String ask(String request) throws IOException {
        try (SocketChannel client = client()) {
            client.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            return new String(Channels.newInputStream(client).readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void everyRequestGetsTheAnswerAndTheFileGoesWithTheSocket() throws IOException {
        FirstSocket socket = FirstSocket.open(directory.resolve("s"), threads, "not yet");
        try (SocketChannel silent = client()) {
            assertThat(silent.isConnected()).isTrue();
            assertThat(ask("GET /v1/status/leader HTTP/1.1\r\nHost: a\r\n\r\n")).isEqualTo("not yet");
            assertThat(ask("PUT /" + "x".repeat(4091))).isEqualTo("not yet");
        } finally {
            socket.close();
        }
        assertThat(directory.resolve("s")).doesNotExist();
    }
}
