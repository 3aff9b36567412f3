package dev.entente.rest.json;

import dev.entente.engine.port.HostFacts.Facts;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** {@code /v1/agent/host} (protocol chapter 6.8). */
public final class HostJson {
    private HostJson() {}

    public static byte[] write(Facts facts) {
        long nanos = ChronoUnit.NANOS.between(Instant.EPOCH, facts.collected());
        return Json.object(json -> json.object("Memory", memory -> values(memory, facts.memory()))
                .array("CPU", facts.processors(), (cpu, values) -> cpu.members(each -> values(each, values)))
                .object("Host", host -> values(host, facts.host()))
                .object("Disk", disk -> values(disk, facts.disk()))
                .number("CollectionTime", nanos)
                .nothing("Errors"));
    }

    private static void values(Json json, Map<String, Object> values) {
        values.forEach(json::free);
    }
}
