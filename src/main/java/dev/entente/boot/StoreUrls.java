package dev.entente.boot;

import dev.entente.config.InvalidConfigException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The stores that the operator configured, known before the application starts.
 *
 * <p>Read from the places that the application reads too: system properties, the environment, and the file
 * {@code config/application.properties} of the working directory.
 */
record StoreUrls(Optional<String> postgres, Optional<String> redis, Map<String, String> quarkusSettings) {
    private static final Path FILE = Path.of("config", "application.properties");
    /** Beside the application's defaults, below the environment; the ordinal that Quarkus gives this file. */
    private static final int FILE_ORDINAL = 260;

    /** Both stores or none; one alone is more likely a slip than a wish. */
    static StoreUrls configured() {
        return of(config());
    }

    static StoreUrls of(SmallRyeConfig config) {
        Optional<String> postgres = text(config, "entente.postgres.url");
        Optional<String> redis = text(config, "entente.redis.url");
        if (postgres.isPresent() != redis.isPresent()) {
            throw new InvalidConfigException("entente.postgres.url and entente.redis.url are given both or not at all");
        }
        Map<String, String> settings = new HashMap<>();
        postgres.map(StoreUrls::plain).ifPresent(url -> {
            settings.put("quarkus.datasource.reactive.url", url);
            settings.put("quarkus.datasource.jdbc.url", "jdbc:" + url);
        });
        redis.ifPresent(url -> settings.put("quarkus.redis.hosts", url));
        text(config, "entente.postgres.user").ifPresent(user -> settings.put("quarkus.datasource.username", user));
        text(config, "entente.postgres.password").ifPresent(word -> settings.put("quarkus.datasource.password", word));
        text(config, "entente.redis.password").ifPresent(word -> settings.put("quarkus.redis.password", word));
        return new StoreUrls(postgres, redis, Map.copyOf(settings));
    }

    boolean present() {
        return postgres.isPresent();
    }

    /** Passwords and user information may stand in the URLs. */
    @Override
    public String toString() {
        return "StoreUrls[" + (present() ? "configured" : "none") + "]";
    }

    private static String plain(String url) {
        String bare = url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url;
        return bare.startsWith("postgres://") ? "postgresql" + bare.substring("postgres".length()) : bare;
    }

    private static Optional<String> text(SmallRyeConfig config, String name) {
        return config.getOptionalValue(name, String.class).filter(value -> !value.isBlank());
    }

    private static SmallRyeConfig config() {
        SmallRyeConfigBuilder builder =
                new SmallRyeConfigBuilder().addDefaultInterceptors().addDefaultSources();
        if (Files.exists(FILE)) {
            try {
                builder.withSources(new PropertiesConfigSource(FILE.toUri().toURL(), FILE_ORDINAL));
            } catch (IOException e) {
                throw new InvalidConfigException("cannot read " + FILE + ": " + e, e);
            }
        }
        return builder.build();
    }
}
