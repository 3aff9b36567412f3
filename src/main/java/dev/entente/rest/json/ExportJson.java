package dev.entente.rest.json;

import dev.entente.domain.export.ResolvedExport;
import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.replication.ExportAnswers.Imported;
import java.util.List;

/** What is exported and imported, as later releases show it. */
public final class ExportJson {
    private ExportJson() {}

    public static byte[] exported(PartitionName partition, List<ResolvedExport> exports) {
        return Json.array(
                exports,
                (json, export) -> json.members(object -> object.text("Service", export.service())
                        .textIfAny("Partition", partition.external())
                        .object(
                                "Consumers",
                                consumers -> consumers
                                        .textsIfAny("Peers", List.copyOf(export.peers()))
                                        .textsIfAny("Partitions", List.copyOf(export.partitions())))));
    }

    public static byte[] imported(PartitionName partition, List<Imported> imports) {
        return Json.array(
                imports,
                (json, imported) -> json.members(object -> object.text("Service", imported.service())
                        .textIfAny("Partition", partition.external())
                        .text("SourcePeer", imported.peer().value())));
    }
}
