package dev.entente.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How the durable store is used. */
@ConfigMapping(prefix = "entente.store")
public interface StoreConfig {

    /**
     * The key under which secrets that have to be shown again are encrypted at rest: base64 of 32 bytes, the same on all
     * replicas of a cluster. With the embedded stores one is made and kept in the data directory.
     */
    Optional<String> key();

    /** How long one call to the store may take before it counts as unavailable. */
    @WithDefault("5s")
    Duration timeout();
}
