package dev.entente.boot;

import dev.entente.config.AgentSettings;
import dev.entente.config.AgentSettings.Listener;
import dev.entente.config.AgentSettings.Tls;
import dev.entente.config.AgentSettings.UnixSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What the settings of an agent mean in the application's own property names. */
final class ApplicationProperties {
    private ApplicationProperties() {}

    static Map<String, String> of(AgentSettings settings) {
        Map<String, String> properties = new HashMap<>();
        http(settings, properties);
        limits(settings.limits(), properties);
        log(settings, properties);
        return properties;
    }

    /** Both listeners share what the application calls its host; an address of its own is given to the second when it opens. */
    private static void http(AgentSettings settings, Map<String, String> properties) {
        Listener http = settings.listeners().http();
        boolean secure = servesHttps(settings);
        properties.put(
                "quarkus.http.host",
                http.isOn() ? http.address() : settings.listeners().https().address());
        properties.put("quarkus.http.host-enabled", Boolean.toString(http.isOn() || secure));
        properties.put("quarkus.http.insecure-requests", http.isOn() || !secure ? "enabled" : "disabled");
        if (http.isOn()) {
            properties.put("quarkus.http.port", Integer.toString(http.port()));
        }
        settings.listeners().httpSocket().ifPresent(socket -> socket(socket, properties));
        if (secure) {
            https(settings.listeners().https(), settings.httpsTls(), properties);
        }
    }

    private static void socket(UnixSocket socket, Map<String, String> properties) {
        properties.put("quarkus.http.domain-socket", socket.path().toString());
        properties.put("quarkus.http.domain-socket-enabled", "true");
        properties.put("quarkus.vertx.prefer-native-transport", "true");
    }

    /** Without a certificate there is nothing to serve with. */
    private static boolean servesHttps(AgentSettings settings) {
        Tls tls = settings.httpsTls();
        return settings.listeners().https().isOn() && tls.certificate() != null && tls.key() != null;
    }

    private static void https(Listener https, Tls tls, Map<String, String> properties) {
        properties.put("quarkus.http.ssl-port", Integer.toString(https.port()));
        properties.put("quarkus.http.tls-configuration-name", HttpsCertificate.NAME);
        properties.put("quarkus.tls.https.key-store.pem.own.cert", String.valueOf(tls.certificate()));
        properties.put("quarkus.tls.https.key-store.pem.own.key", String.valueOf(tls.key()));
        properties.put("quarkus.tls.https.protocols", tls.minVersion().andNewer());
        Path authorities = tls.authorities();
        if (tls.verifyIncoming() && authorities != null) {
            properties.put("quarkus.tls.https.trust-store.pem.certs", authorities.toString());
        }
    }

    private static void limits(AgentSettings.Limits limits, Map<String, String> properties) {
        if (limits.maxHeaderBytes() > 0) {
            properties.put("quarkus.http.limits.max-header-size", Integer.toString(limits.maxHeaderBytes()));
        }
    }

    /** The level is that of our own lines; libraries never get more talkative than INFO. */
    private static void log(AgentSettings settings, Map<String, String> properties) {
        String level = settings.logLevel().name();
        properties.put("quarkus.log.category.\"dev.entente\".level", level);
        properties.put("quarkus.log.category.\"dev.entente\".min-level", "TRACE");
        switch (settings.logLevel()) {
            case TRACE, DEBUG, INFO -> properties.put("quarkus.log.level", "INFO");
            case WARN, ERROR -> properties.put("quarkus.log.level", level);
        }
    }
}
