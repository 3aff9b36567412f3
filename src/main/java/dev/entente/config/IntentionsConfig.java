package dev.entente.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Intentions: {@code entente.intentions.*}. */
@ConfigMapping(prefix = "entente.intentions")
public interface IntentionsConfig {
    /** Whether {@code Peer} of a source may be {@code *}, for every peer; Consul has no such rules. */
    @WithDefault("false")
    boolean wildcardPeers();
}
