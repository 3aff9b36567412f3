package dev.entente.boot;

import dev.entente.config.AgentSettings;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/** The last word on the HTTP listeners in the moment before they open. */
@Singleton
final class HttpListeners implements HttpServerOptionsCustomizer {
    private final AgentSettings settings;

    HttpListeners(AgentSettings settings) {
        this.settings = settings;
    }

    /** Frees the port. */
    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        withoutUpgrade(options);
        FirstDoor.handOver();
    }

    /** The same for the socket. */
    @Override
    public void customizeDomainSocketServer(HttpServerOptions options) {
        withoutUpgrade(options);
        FirstDoor.handOver();
    }

    /**
     * Without TLS there is HTTP/1.1 only, as with Consul. Java's own client asks each server for more, and may wait for ever for the rest of an
     * answer that came in full behind the upgrade (seen with Java 17 and 30 KB).
     */
    private static void withoutUpgrade(HttpServerOptions options) {
        options.setHttp2ClearTextEnabled(false);
    }

    /** Where it listens, and whether clients need a certificate; the application's own setting for that belongs to the build. */
    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        options.setHost(settings.listeners().https().address());
        options.setClientAuth(settings.httpsTls().verifyIncoming() ? ClientAuth.REQUIRED : ClientAuth.NONE);
    }
}
