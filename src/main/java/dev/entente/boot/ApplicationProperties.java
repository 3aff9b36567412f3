package dev.entente.boot;

import dev.entente.config.AgentSettings;
import dev.entente.config.AgentSettings.Listener;
import dev.entente.config.AgentSettings.Tls;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What the settings of an agent mean in the application's own property names. */
final class ApplicationProperties {
    private ApplicationProperties() {}

    static Map<String, String> of(AgentSettings settings) {
        Map<String, String> properties = new HashMap<>();
        http(settings.listeners().http(), properties);
        https(settings.listeners().https(), settings.httpsTls(), properties);
        limits(settings.limits(), properties);
        log(settings, properties);
        return properties;
    }

    private static void http(Listener http, Map<String, String> properties) {
        properties.put("quarkus.http.host", http.address());
        properties.put("quarkus.http.host-enabled", Boolean.toString(http.isOn()));
        if (http.isOn()) {
            properties.put("quarkus.http.port", Integer.toString(http.port()));
        }
    }

    /** Without a certificate there is nothing to serve with, as in Consul, which then refuses each handshake. */
    private static void https(Listener https, Tls tls, Map<String, String> properties) {
        Path certificate = tls.certificate();
        Path key = tls.key();
        if (!https.isOn() || certificate == null || key == null) {
            return;
        }
        properties.put("quarkus.http.ssl-port", Integer.toString(https.port()));
        properties.put("quarkus.http.tls-configuration-name", "https");
        properties.put("quarkus.tls.https.key-store.pem.own.cert", certificate.toString());
        properties.put("quarkus.tls.https.key-store.pem.own.key", key.toString());
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
