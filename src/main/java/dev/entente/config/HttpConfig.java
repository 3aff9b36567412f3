package dev.entente.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The HTTP door: {@code entente.http.*}. */
@ConfigMapping(prefix = "entente.http")
public interface HttpConfig {
    /** The largest request body, as {@code 512K} or {@code 1M}; a larger one gets 413. */
    @WithDefault("1M")
    String maxBodySize();
}
