package dev.entente.config;

import dev.entente.config.AgentSettings.Listener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the HTTPS listener shows and asks for: {@code tls.https}, else {@code tls.defaults}, else the names without a stanza that
 * came before. What could not work ends the start with Consul's text, and not each handshake later.
 */
final class TlsReader {
    private static final String VERSIONS = "[TLS_AUTO, TLSv1_0, TLSv1_1, TLSv1_2, TLSv1_3]";

    private final ConfigValues values;
    private final List<String> warnings;

    TlsReader(ConfigValues values, List<String> warnings) {
        this.values = values;
        this.warnings = warnings;
    }

    AgentSettings.Tls ofHttps(Listener https) {
        AgentSettings.Tls tls = new AgentSettings.Tls(
                file("cert_file"),
                file("key_file"),
                file("ca_file"),
                values.flag(
                        "tls.https.verify_incoming",
                        values.flag(
                                "tls.defaults.verify_incoming",
                                values.flag("verify_incoming", values.flag("verify_incoming_https", false)))),
                minVersion());
        if (https.isOn()) {
            check(tls, https);
        }
        return tls;
    }

    private void check(AgentSettings.Tls tls, Listener https) {
        Path certificate = tls.certificate();
        Path key = tls.key();
        if (certificate == null && key == null) {
            warnings.add("ports.https is " + https.port()
                    + ", but there is no tls.https.cert_file and key_file to serve with: the port stays closed");
            return;
        }
        if (certificate == null || key == null) {
            throw new InvalidConfigException("Failed to load cert/key pair: cert_file and key_file must both be given");
        }
        requireReadable(certificate);
        requireReadable(key);
        requireAuthorities(tls);
    }

    private static void requireAuthorities(AgentSettings.Tls tls) {
        Path authorities = tls.authorities();
        if (authorities != null) {
            requireReadable(authorities);
        } else if (tls.verifyIncoming()) {
            throw new InvalidConfigException("VerifyIncoming set but no CA certificates were provided");
        }
    }

    private static void requireReadable(Path file) {
        if (!Files.isReadable(file)) {
            throw new InvalidConfigException("Failed to load cert/key pair: open " + file
                    + (Files.exists(file) ? ": permission denied" : ": no such file or directory"));
        }
    }

    private @Nullable Path file(String name) {
        return first(name).map(Path::of).orElse(null);
    }

    private Optional<String> first(String name) {
        return values.text("tls.https." + name)
                .or(() -> values.text("tls.defaults." + name))
                .or(() -> values.text(name));
    }

    private AgentSettings.TlsVersion minVersion() {
        String version = first("tls_min_version").orElse("TLS_AUTO");
        return switch (version) {
            case "TLS_AUTO", "TLSv1_2" -> AgentSettings.TlsVersion.TLS_1_2;
            case "TLSv1_3" -> AgentSettings.TlsVersion.TLS_1_3;
            case "TLSv1_0", "TLSv1_1" -> {
                warnings.add("tls.https.tls_min_version is " + version + ": TLS before 1.2 is not spoken here");
                yield AgentSettings.TlsVersion.TLS_1_2;
            }
            default ->
                throw new InvalidConfigException(
                        "tls.https.tls_min_version: invalid TLS version: no matching TLS version found for " + version
                                + ", please specify one of " + VERSIONS);
        };
    }
}
