package dev.entente.boot;

import dev.entente.boot.embedded.BuildVersions;
import dev.entente.config.AgentConfiguration;
import dev.entente.config.AgentDefaults;
import dev.entente.config.AgentSettings;
import dev.entente.config.ConfigSource;
import dev.entente.engine.agent.Definitions;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the settings that the command line decided available to the application. */
@Singleton
final class AgentSettingsBean {
    private static volatile @Nullable AgentSettings provided;
    private static volatile Definitions definitions = Definitions.NONE;

    static void provide(AgentSettings settings, Definitions defined) {
        provided = settings;
        definitions = defined;
    }

    /** What the configuration defined at the start. */
    @Produces
    @Singleton
    Definitions definitions() {
        return definitions;
    }

    @Produces
    @Singleton
    AgentSettings settings() {
        AgentSettings settings = provided;
        return settings != null ? settings : forDevelopment();
    }

    /**
     * Without a command line (tests, the development mode): loopback, gRPC on whichever ports are free, and any number of connections,
     * for tools of tests open one for each request.
     */
    private static AgentSettings forDevelopment() {
        ConfigSource source =
                new ConfigSource("development", Map.of("node_name", "node1", "limits.http_max_conns_per_client", 0L));
        AgentDefaults defaults =
                new AgentDefaults(true, false, "node1", BuildVersions.current().entente());
        AgentSettings settings =
                AgentConfiguration.of(List.of(source), defaults).settings();
        try (ServerSocket plain = new ServerSocket(0);
                ServerSocket tls = new ServerSocket(0)) {
            return settings.onGrpcPorts(plain.getLocalPort(), tls.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException("no free port for gRPC", e);
        }
    }
}
