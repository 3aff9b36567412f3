package dev.entente.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.config.AgentConfiguration;
import dev.entente.config.AgentDefaults;
import dev.entente.config.ConfigFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplicationPropertiesTest {
    @TempDir
    Path directory;

    private String files;

    @BeforeEach
    void certificate() throws IOException {
        Path certificate = Files.writeString(directory.resolve("cert.pem"), "");
        Path key = Files.writeString(directory.resolve("key.pem"), "");
        files = "cert_file = \"" + certificate + "\"\nkey_file = \"" + key + "\"\nca_file = \"" + certificate + "\"\n";
    }

    private static Map<String, String> of(String hcl) {
        AgentDefaults defaults = new AgentDefaults(true, false, "host", "v");
        return ApplicationProperties.of(
                AgentConfiguration.of(List.of(new ConfigFiles(null).readFragment("test", hcl)), defaults)
                        .settings());
    }

    @Test
    void withoutACertificateOnlyHttpIsServed() {
        assertThat(of("ports {\n http = 9500\n https = 9501\n}"))
                .containsEntry("quarkus.http.port", "9500")
                .containsEntry("quarkus.http.insecure-requests", "enabled")
                .doesNotContainKey("quarkus.http.ssl-port");
    }

    @Test
    void withACertificateBothAreServed() {
        assertThat(of("ports {\n https = 9501\n}\ntls {\n https {\n" + files + "}\n}"))
                .containsEntry("quarkus.http.insecure-requests", "enabled")
                .containsEntry("quarkus.http.ssl-port", "9501")
                .containsEntry("quarkus.http.tls-configuration-name", "https")
                .containsEntry("quarkus.tls.https.protocols", "TLSv1.2,TLSv1.3")
                .doesNotContainKey("quarkus.tls.https.trust-store.pem.certs");
    }

    @Test
    void httpCanBeOffWhileHttpsIsOnAndClientsNeedACertificateOfTheAuthority() {
        assertThat(of("addresses {\n"
                        + " https = \"127.0.0.9\"\n"
                        + "}\n"
                        + "ports {\n"
                        + " http = -1\n"
                        + " https = 9501\n"
                        + "}\n"
                        + "tls {\n"
                        + " defaults {\n"
                        + files + "verify_incoming = true\ntls_min_version = \"TLSv1_3\"\n}\n}"))
                .containsEntry("quarkus.http.host-enabled", "true")
                .containsEntry("quarkus.http.host", "127.0.0.9")
                .containsEntry("quarkus.http.insecure-requests", "disabled")
                .containsEntry("quarkus.tls.https.protocols", "TLSv1.3")
                .containsKey("quarkus.tls.https.trust-store.pem.certs")
                .doesNotContainKey("quarkus.http.port");
    }

    @Test
    void withNeitherNothingIsServed() {
        assertThat(of("ports {\n http = -1\n}")).containsEntry("quarkus.http.host-enabled", "false");
    }
}
