package dev.entente.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How Redis is used; where it is stands in the settings of the Quarkus Redis client. */
@ConfigMapping(prefix = "entente.redis")
public interface RedisConfig {

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
