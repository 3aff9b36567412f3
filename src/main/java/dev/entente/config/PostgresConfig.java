package dev.entente.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The durable store: {@code entente.postgres.*}. */
@ConfigMapping(prefix = "entente.postgres")
public interface PostgresConfig {
    /** {@code postgresql://host:port/database}; without it the agent runs a private one. */
    Optional<String> url();

    /** Who logs in; the owner of the tables. */
    Optional<String> user();

    /** A secret; better given as the environment variable {@code ENTENTE_POSTGRES_PASSWORD}. */
    Optional<String> password();

    /** Connections that one replica holds at most. */
    @WithDefault("20")
    int poolSize();

    /** How long a start waits for the store to take connections. */
    @WithDefault("30s")
    Duration startTimeout();
}
