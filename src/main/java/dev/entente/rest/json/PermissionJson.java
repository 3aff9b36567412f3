package dev.entente.rest.json;

import dev.entente.domain.config.ServiceIntentionsEntry.HttpPermission;
import dev.entente.domain.config.ServiceIntentionsEntry.Permission;
import dev.entente.domain.config.ServiceIntentionsEntry.Source;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The sources of intentions and their permissions (protocol chapter 8.3). */
final class PermissionJson {
    private PermissionJson() {}

    static void source(Json json, Source source) {
        json.members(object -> {
            object.text("Name", source.name())
                    .textIfAny("Action", source.action())
                    .arrayIfAny("Permissions", source.permissions(), PermissionJson::permission)
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
                .arrayIfAny("Header", http.header(), RouteJson::header)
                .textsIfAny("Methods", http.methods());
    }

    static void timeIfAny(Json json, String name, @Nullable Instant time) {
        if (time != null) {
            json.text(name, GoTime.text(time));
        }
    }
}
