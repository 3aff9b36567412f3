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
        FirstDoor.handOver();
    }

    /** The same for the socket. */
    @Override
    public void customizeDomainSocketServer(HttpServerOptions options) {
        FirstDoor.handOver();
    }

    /** Where it listens, and whether clients need a certificate; the application's own setting for that belongs to the build. */
    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        options.setHost(settings.listeners().https().address());
        options.setClientAuth(settings.httpsTls().verifyIncoming() ? ClientAuth.REQUIRED : ClientAuth.NONE);
    }
}
