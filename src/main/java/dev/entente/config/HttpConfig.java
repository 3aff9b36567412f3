package dev.entente.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The HTTP door: {@code entente.http.*}. */
@ConfigMapping(prefix = "entente.http")
public interface HttpConfig {
    /** The largest request body, as {@code 512K} or {@code 1M}; a larger one gets 413. */
    @WithDefault("1M")
    String maxBodySize();

    /**
     * How many bytes of large answers are held at a time, while they are made and until their clients have them; without it a quarter of
     * the heap. An answer that finds no room waits.
     */
    Optional<MemorySize> largeAnswers();

    /** How long an answer waits for room before it is refused with 429. */
    @WithDefault("10s")
    Duration largeAnswerWait();

    /** What a client takes of a large answer in a second, at least and on average; it has half a minute more. */
    @WithDefault("1M")
    MemorySize slowestClient();
}
