package dev.entente.rest.json;

import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.config.ConfigEntry;
import dev.entente.domain.config.ExportedServicesEntry;
import dev.entente.domain.config.ServiceIntentionsEntry;
import dev.entente.domain.config.ServiceIntentionsEntry.HeaderPermission;
import dev.entente.domain.config.ServiceIntentionsEntry.HttpPermission;
import dev.entente.domain.config.ServiceIntentionsEntry.Permission;
import dev.entente.domain.config.ServiceIntentionsEntry.Source;
import dev.entente.domain.identity.PartitionName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Config entries (protocol chapters 6.6 and 8). */
public final class ConfigEntryJson {
    private ConfigEntryJson() {}

    public static byte[] one(PartitionName partition, Indexed<ConfigEntry> entry) {
        return Json.bytes(json -> write(json, partition, entry));
    }

    public static byte[] list(PartitionName partition, List<Indexed<ConfigEntry>> entries) {
        return Json.array(entries, (json, entry) -> write(json, partition, entry));
    }

    private static void write(Json json, PartitionName partition, Indexed<ConfigEntry> indexed) {
        ConfigEntry entry = indexed.value();
        json.members(object -> {
            object.text("Kind", entry.kind()).text("Name", entry.name()).textIfAny("Partition", partition.external());
            if (entry instanceof ExportedServicesEntry exported) {
                object.arrayIfAny("Services", exported.services(), ConfigEntryJson::exported)
                        .textMapIfAny("Meta", exported.meta());
            } else if (entry instanceof ServiceIntentionsEntry intentions) {
                object.arrayIfAny("Sources", intentions.sources(), ConfigEntryJson::source)
                        .textMapIfAny("Meta", intentions.meta());
            } else {
                throw new IllegalStateException("no JSON for config entries of kind " + entry.kind());
            }
            object.number("CreateIndex", indexed.createIndex()).number("ModifyIndex", indexed.modifyIndex());
        });
    }

    private static void exported(Json json, ExportedServicesEntry.ExportedService service) {
        json.members(object -> object.text("Name", service.name())
                .textIfAny("Namespace", service.namespace())
                .arrayIfAny(
                        "Consumers",
                        service.consumers(),
                        (each, consumer) -> each.members(member -> member.textIfAny("Partition", consumer.partition())
                                .textIfAny("Peer", consumer.peer()))));
    }

    private static void source(Json json, Source source) {
        json.members(object -> {
            object.text("Name", source.name())
                    .textIfAny("Action", source.action())
                    .arrayIfAny("Permissions", source.permissions(), ConfigEntryJson::permission)
                    .number("Precedence", source.precedence())
                    .textIfAny("LegacyID", source.legacyId())
                    .text("Type", source.type())
                    .textIfAny("Description", source.description())
                    .textMapIfAny("LegacyMeta", source.legacyMeta());
            timeIfAny(object, "LegacyCreateTime", source.legacyCreateTime());
            timeIfAny(object, "LegacyUpdateTime", source.legacyUpdateTime());
            object.textIfAny("Partition", source.partition()).textIfAny("Peer", source.peer());
        });
    }

    static void permission(Json json, Permission permission) {
        json.members(object -> {
            object.text("Action", permission.action());
            HttpPermission http = permission.http();
            if (http != null) {
                object.object("HTTP", each -> http(each, http));
            }
        });
    }

    private static void http(Json json, HttpPermission http) {
        json.textIfAny("PathExact", http.pathExact())
                .textIfAny("PathPrefix", http.pathPrefix())
                .textIfAny("PathRegex", http.pathRegex())
                .arrayIfAny("Header", http.header(), ConfigEntryJson::header)
                .textsIfAny("Methods", http.methods());
    }

    private static void header(Json json, HeaderPermission header) {
        json.members(object -> object.text("Name", header.name())
                .flagIfSet("Present", header.present())
                .textIfAny("Exact", header.exact())
                .textIfAny("Prefix", header.prefix())
                .textIfAny("Suffix", header.suffix())
                .textIfAny("Regex", header.regex())
                .flagIfSet("Invert", header.invert()));
    }

    static void timeIfAny(Json json, String name, @Nullable Instant time) {
        if (time != null) {
            json.text(name, GoTime.text(time));
        }
    }
}
