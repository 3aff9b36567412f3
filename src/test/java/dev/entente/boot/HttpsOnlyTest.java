package dev.entente.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entente.boot.TestAuthority.Credentials;
import dev.entente.fake.OldTls;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An agent with {@code ports.http = -1} and {@code verify_incoming}, asked over sockets. */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
@TestProfile(HttpsOnlyTest.Agent.class)
class HttpsOnlyTest {
    private static final byte ALERT = 21;
    private static final byte FATAL = 2;
    private static final byte PROTOCOL_VERSION = 70;
    private static final int LIMIT = 10_000;

    public static final class Agent extends ConfiguredAgent {
        @Override
        String file(Path directory) {
            TestAuthority authority = new TestAuthority("authority");
            authority.own().write(directory, "authority");
            authority.issue("server").write(directory, "server");
            authority.issue("client").write(directory, "client");
            return """
                    ports {
                      http = -1
                      https = %d
                    }
                    tls {
                      defaults {
                        cert_file = "%2$s/server.pem"
                        key_file = "%2$s/server.key"
                        ca_file = "%2$s/authority.pem"
                        verify_incoming = true
                      }
                    }
                    """.formatted(freePort(), directory);
        }
    }

    private static Credentials read(String name) {
        return Credentials.read(ConfiguredAgent.directory(), name);
    }

    private static HttpsClient.Answer leader(HttpsClient client, String version) throws IOException {
        return client.get(ConfiguredAgent.httpsPort(), "/v1/status/leader", version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aClientWithACertificateOfTheAuthorityIsServedWithTheConfiguredOne(String version) throws IOException {
        HttpsClient client = new HttpsClient(read("authority").certificate(), read("client"));

        HttpsClient.Answer answer = leader(client, version);

        assertThat(answer.text()).startsWith("HTTP/1.1 200 OK").contains("127.0.0.1:");
        assertThat(answer.version()).isEqualTo(version);
        assertThat(answer.shown()).isEqualTo(read("server").certificate());
    }

    /** A client that still writes when the server has hung up sees that, and not the alert. */
    private static void assertRefused(HttpsClient client, String version) {
        assertThatThrownBy(() -> leader(client, version))
                .isInstanceOfAny(SSLException.class, SocketException.class)
                .hasMessageMatching("(?i).*(fatal alert|broken pipe|connection reset|closed).*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aClientWithoutACertificateIsRefused(String version) {
        HttpsClient client = new HttpsClient(read("authority").certificate(), null);

        assertRefused(client, version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aClientWithACertificateOfAnotherAuthorityIsRefused(String version) {
        Credentials foreign = new TestAuthority("authority").issue("client");
        HttpsClient client = new HttpsClient(read("authority").certificate(), foreign);

        assertRefused(client, version);
    }

    @Test
    void aClientThatSpeaksNothingNewerThanTls11GetsAnAlert() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", ConfiguredAgent.httpsPort())) {
            socket.setSoTimeout(LIMIT);
            socket.getOutputStream().write(OldTls.clientHello());

            byte[] answer = socket.getInputStream().readNBytes(7);

            assertThat(answer).hasSize(7);
            assertThat(answer[0]).isEqualTo(ALERT);
            assertThat(answer[5]).isEqualTo(FATAL);
            assertThat(answer[6]).isEqualTo(PROTOCOL_VERSION);
        }
    }

    @Test
    void thereIsNoPortForHttp() {
        assertThatThrownBy(() -> new Socket("127.0.0.1", ConfiguredAgent.httpPort()).close())
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void thePortOfHttpsAnswersNoHttp() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", ConfiguredAgent.httpsPort())) {
            socket.setSoTimeout(LIMIT);
            socket.getOutputStream().write(HttpsClient.request("/v1/status/leader"));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .doesNotContain("HTTP/1.1");
        }
    }
}
