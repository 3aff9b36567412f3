package dev.entente.boot;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/** Frees the HTTP port in the moment before the application listens on it. */
@Singleton
final class PortHandOver implements HttpServerOptionsCustomizer {
    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        FirstDoor.handOver();
    }
}
