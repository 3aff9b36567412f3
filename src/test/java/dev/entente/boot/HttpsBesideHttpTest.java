package dev.entente.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entente.boot.TestAuthority.Credentials;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.Certificate;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

/** An agent with both listeners, {@code tls_min_version} and no word of {@code verify_incoming}, asked over sockets. */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
@TestProfile(HttpsBesideHttpTest.Agent.class)
class HttpsBesideHttpTest {
    private static final String LEADER = "/v1/status/leader";

    public static final class Agent extends ConfiguredAgent {
        @Override
        String file(Path directory) {
            TestAuthority authority = new TestAuthority("authority");
            authority.own().write(directory, "authority");
            authority.issue("server").write(directory, "server");
            authority.issue("next").write(directory, "next");
            return """
                    ports {
                      http = %d
                      https = %d
                    }
                    tls {
                      https {
                        cert_file = "%3$s/server.pem"
                        key_file = "%3$s/server.key"
                        ca_file = "%3$s/authority.pem"
                        tls_min_version = "TLSv1_3"
                      }
                    }
                    """.formatted(freePort(), freePort(), directory);
        }
    }

    private static HttpsClient client() {
        Credentials authority = Credentials.read(ConfiguredAgent.directory(), "authority");
        return new HttpsClient(authority.certificate(), null);
    }

    @Test
    void aClientNeedsNoCertificate() throws IOException {
        assertThat(client().get(ConfiguredAgent.httpsPort(), LEADER, "TLSv1.3").text())
                .startsWith("HTTP/1.1 200 OK");
    }

    @Test
    void anOlderVersionThanTheSettingAllowsIsRefused() {
        assertThatThrownBy(() -> client().get(ConfiguredAgent.httpsPort(), LEADER, "TLSv1.2"))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("protocol_version");
    }

    @Test
    void aReloadReadsTheCertificateAgain() throws IOException {
        Path directory = ConfiguredAgent.directory();
        Credentials first = Credentials.read(directory, "server");
        Credentials next = Credentials.read(directory, "next");
        assertThat(shown()).isEqualTo(first.certificate());
        try {
            next.write(directory, "server");
            assertThat(shown()).isEqualTo(first.certificate());
            assertThat(reload()).startsWith("HTTP/1.1 200 ");
            assertThat(shown()).isEqualTo(next.certificate());
        } finally {
            first.write(directory, "server");
            reload();
        }
        assertThat(shown()).isEqualTo(first.certificate());
    }

    @Test
    void aCertificateThatCannotBeUsedIsRefusedAndTheOldOneStays() throws IOException {
        Path directory = ConfiguredAgent.directory();
        Credentials first = Credentials.read(directory, "server");
        try {
            Files.writeString(directory.resolve("server.pem"), "no certificate");
            assertThat(reload())
                    .startsWith("HTTP/1.1 500 ")
                    .endsWith("Failed to load cert/key pair: one of the files cannot be read as PEM");
            assertThat(shown()).isEqualTo(first.certificate());
            Files.copy(
                    directory.resolve("next.pem"),
                    directory.resolve("server.pem"),
                    StandardCopyOption.REPLACE_EXISTING);
            assertThat(reload())
                    .startsWith("HTTP/1.1 500 ")
                    .endsWith("Failed to load cert/key pair: tls: private key does not match public key");
            assertThat(shown()).isEqualTo(first.certificate());
        } finally {
            first.write(directory, "server");
            assertThat(reload()).startsWith("HTTP/1.1 200 ");
        }
    }

    private static Certificate shown() throws IOException {
        return client().get(ConfiguredAgent.httpsPort(), LEADER, "TLSv1.3").shown();
    }

    private static String reload() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", ConfiguredAgent.httpPort())) {
            socket.getOutputStream()
                    .write(
                            ("PUT /v1/agent/reload HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void httpIsServedToo() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", ConfiguredAgent.httpPort())) {
            socket.getOutputStream().write(HttpsClient.request(LEADER));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200 OK");
        }
    }
}
