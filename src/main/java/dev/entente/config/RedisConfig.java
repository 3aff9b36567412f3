package dev.entente.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The hot store: where it is, and how it is used. */
@ConfigMapping(prefix = "entente.redis")
public interface RedisConfig {

    /** {@code redis://host:port}, or {@code rediss://} for TLS; without it the agent runs a private one. */
    Optional<String> url();

    /** A secret; better given as the environment variable {@code ENTENTE_REDIS_PASSWORD}. */
    Optional<String> password();

    /** Connections that one replica holds at most; each followed partition keeps one while it waits for the log. */
    @WithDefault("64")
    int poolSize();

    /** How long a start waits for Redis to take connections. */
    @WithDefault("30s")
    Duration startTimeout();

    /** How long a call waits for Redis before it fails. */
    @WithDefault("2s")
    Duration timeout();

    /** How many entries a change log keeps, about; a replica that is further behind loads the hot state again. */
    @WithDefault("100000")
    int logLength();

    /** Up to how many bytes a value stands in its log entry; a larger one is fetched from the hot state by who reads the entry. */
    @WithDefault("65536")
    int inlineBytes();

    /** How long the version of a removed record is remembered, so that an older entry that comes late cannot bring it back. */
    @WithDefault("1h")
    Duration rememberRemoved();

    /** How long a replica that stopped while it began a log keeps others from beginning it. */
    @WithDefault("5s")
    Duration beginning();
}
