package dev.entente.config;

import java.util.Map;

/**
 * What holds where the operator says nothing: the defaults of Consul's newest releases, those of {@code -dev} included.
 *
 * @param storesGiven whether the stores are given by URL, so that no data directory is needed
 * @param programVersion the version of this program
 */
public record AgentDefaults(boolean devMode, boolean storesGiven, String hostName, String programVersion) {
    static final long HTTP_PORT = 8500;
    static final long GRPC_PORT = 8502;
    static final long GRPC_TLS_PORT = 8503;

    ConfigSource source() {
        return new ConfigSource(
                "default",
                Map.of(
                        "bind_addr", devMode ? "127.0.0.1" : "0.0.0.0",
                        "client_addr", "127.0.0.1",
                        "datacenter", "dc1",
                        "server", devMode,
                        "log_level", "INFO",
                        "enable_debug", devMode,
                        "ui_config.enabled", devMode,
                        "ports.http", HTTP_PORT,
                        "ports.grpc", GRPC_PORT,
                        "ports.grpc_tls", GRPC_TLS_PORT));
    }
}
