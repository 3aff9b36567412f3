package dev.entente.engine.port;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Tells of the machine that this process runs on. */
public interface HostFacts {

    /** The facts by topic, each in the order in which clients read them; values are texts, numbers, or lists of texts. */
    record Facts(
            Map<String, Object> memory,
            List<Map<String, Object>> processors,
            Map<String, Object> host,
            Map<String, Object> disk,
            Instant collected) {}

    /** Reads them now, away from the event loops. */
    Uni<Facts> read();
}
