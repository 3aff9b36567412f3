package dev.entente.rest.json;

import dev.entente.engine.port.PartitionRecord;
import java.util.List;

/** Admin partitions. */
public final class PartitionJson {
    private PartitionJson() {}

    public static byte[] one(PartitionRecord partition) {
        return Json.bytes(json -> write(json, partition));
    }

    public static byte[] list(List<PartitionRecord> partitions) {
        return Json.array(partitions, PartitionJson::write);
    }

    private static void write(Json json, PartitionRecord partition) {
        json.members(object ->
                object.text("Name", partition.name().value()).textIfAny("Description", partition.description()));
    }
}
