package dev.entente.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** An agent that serves HTTP on a unix socket and nowhere else. */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
@TestProfile(UnixSocketTest.Agent.class)
class UnixSocketTest {

    public static final class Agent extends ConfiguredAgent {
        @Override
        String file(Path directory) {
            return """
                    addresses {
                      http = "unix://%s/http.sock"
                    }
                    unix_sockets {
                      mode = "0662"
                    }
                    limits {
                      http_max_conns_per_client = 3
                    }
                    http_config {
                      allow_write_http_from = ["127.0.0.0/8"]
                    }
                    """.formatted(directory);
        }
    }

    private static Path socket() {
        return ConfiguredAgent.directory().resolve("http.sock");
    }

    private static String ask(String method, String path) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
            String request = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void theApiIsServedThere() throws IOException {
        assertThat(ask("GET", "/v1/agent/self")).startsWith("HTTP/1.1 200 OK").contains("node1");
    }

    @Test
    void waitingReadsWorkAsOverTcp() throws IOException {
        assertThat(ask("GET", "/v1/catalog/services?index=1&wait=1s")).startsWith("HTTP/1.1 200 OK");
    }

    @Test
    void nothingListensOnThePortThatHttpWouldHave() {
        assertThatThrownBy(() -> new Socket("127.0.0.1", ConfiguredAgent.httpPort()).close())
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void theFileHasTheModeThatWasAskedFor() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
                        .isEqualTo("rw-rw--w-"));
    }

    @Test
    void aClientWithoutAnAddressIsInNoNetworkThatMayWrite() throws IOException {
        assertThat(ask("PUT", "/v1/agent/service/deregister/web"))
                .startsWith("HTTP/1.1 403 ")
                .endsWith("Access is restricted");
    }

    @Test
    void allClientsOfASocketTogetherHaveTheConnectionsOfOne() throws IOException {
        SocketChannel[] held = new SocketChannel[3];
        try {
            for (int i = 0; i < held.length; i++) {
                held[i] = SocketChannel.open(UnixDomainSocketAddress.of(socket()));
                held[i].write(ByteBuffer.wrap("GET /v1/status/leader HTTP/1.1\r\nHost: localhost\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII)));
                assertThat(held[i].read(ByteBuffer.allocate(1024))).isPositive();
            }
            assertThat(ask("GET", "/v1/status/leader")).startsWith("HTTP/1.1 429 ");
        } finally {
            for (SocketChannel each : held) {
                if (each != null) {
                    each.close();
                }
            }
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(ask("GET", "/v1/status/leader")).startsWith("HTTP/1.1 200 "));
    }
}
