package dev.entente.boot;

import dev.entente.config.AgentConfiguration;
import dev.entente.config.AgentDefaults;
import dev.entente.config.AgentSettings;
import dev.entente.config.ConfigFiles;
import io.quarkus.test.junit.QuarkusTestProfile;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The application started with a configuration file of an agent, on the way from the file to the listeners that the program takes. */
public abstract class ConfiguredAgent implements QuarkusTestProfile {
    private static final String FILE = "test.agent.file";
    private static final String DIRECTORY = "test.agent.directory";
    // In tests the framework listens on ports of these names, and not on those that the program sets.
    private static final String HTTP = "quarkus.http.test-port";
    private static final String HTTPS = "quarkus.http.test-ssl-port";

    /** The text of the configuration file; other files that it names go into the directory. */
    abstract String file(Path directory);

    /** Where the test finds the files again: it may be loaded apart from its profile, and then shares no variable with it. */
    static Path directory() {
        return Path.of(ConfigProvider.getConfig().getValue(DIRECTORY, String.class));
    }

    /** The port of HTTP, also when it is off: it would be opened there. */
    static int httpPort() {
        return ConfigProvider.getConfig().getValue(HTTP, Integer.class);
    }

    static int httpsPort() {
        return ConfigProvider.getConfig().getValue(HTTPS, Integer.class);
    }

    /** Below those that the system gives to connections: one of these could take the port before the agent does. */
    static int freePort() {
        for (int tries = 0; tries < 100; tries++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // Taken: another one.
            }
        }
        throw new IllegalStateException("no free port found");
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        Path directory = newDirectory();
        String file = file(directory);
        Map<String, String> properties = new HashMap<>(ApplicationProperties.of(settings(file)));
        properties.put(FILE, file);
        properties.put(DIRECTORY, directory.toString());
        properties.put(HTTP, properties.getOrDefault("quarkus.http.port", Integer.toString(freePort())));
        properties.put(HTTPS, properties.getOrDefault("quarkus.http.ssl-port", "0"));
        return properties;
    }

    private static Path newDirectory() {
        try {
            Path directory = Files.createTempDirectory("configured-agent");
            directory.toFile().deleteOnExit();
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(Settings.class);
    }

    private static AgentSettings settings(String file) {
        AgentDefaults defaults = new AgentDefaults(true, false, "node1", "test");
        return AgentConfiguration.of(List.of(new ConfigFiles(null).readFragment("test", file)), defaults)
                .settings()
                .onGrpcPorts(0, 0);
    }

    /** Takes the place of the settings of all other tests. */
    @Alternative
    @Singleton
    static class Settings {
        @Produces
        @Singleton
        AgentSettings settings(@ConfigProperty(name = FILE) String file) {
            return ConfiguredAgent.settings(file);
        }
    }
}
