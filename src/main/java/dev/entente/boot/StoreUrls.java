package dev.entente.boot;

import dev.entente.config.InvalidConfigException;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The stores that the operator configured, known before the application starts.
 *
 * <p>Read from the places that the application reads too: system properties, the environment, and the file
 * {@code config/application.properties} of the working directory.
 */
record StoreUrls(
        Optional<String> postgres, Optional<String> redis, Patience patience, Map<String, String> quarkusSettings) {
    private static final int POSTGRES_PORT = 5432;
    private static final int REDIS_PORT = 6379;
    private static final Duration START_TIMEOUT = Duration.ofSeconds(30);
    private static final Path FILE = Path.of("config", "application.properties");
    /** Beside the application's defaults, below the environment; the ordinal that Quarkus gives this file. */
    private static final int FILE_ORDINAL = 260;

    /** How long a start waits for each store. */
    record Patience(Duration postgres, Duration redis) {}

    /** Returns when both stores take connections. */
    void await() {
        postgres.ifPresent(
                url -> StoreProbe.await("entente.postgres.url", plain(url), POSTGRES_PORT, patience.postgres()));
        redis.ifPresent(url -> StoreProbe.await("entente.redis.url", url, REDIS_PORT, patience.redis()));
    }

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
        Patience patience = new Patience(
                duration(config, "entente.postgres.start-timeout"), duration(config, "entente.redis.start-timeout"));
        return new StoreUrls(postgres, redis, patience, Map.copyOf(settings));
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

    private static Duration duration(SmallRyeConfig config, String name) {
        return text(config, name).map(DurationConverter::parseDuration).orElse(START_TIMEOUT);
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
