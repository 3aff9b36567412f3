package dev.entente.rest.json;

import dev.entente.domain.config.ServiceIntentionsEntry.Source;
import dev.entente.domain.intention.Intention;
import java.util.List;
import java.util.SortedMap;

/** Intentions (protocol chapter 6.2, Intention). */
public final class IntentionJson {
    private static final String NAMESPACE = "default";

    private IntentionJson() {}

    public static byte[] one(Intention intention) {
        return Json.bytes(json -> write(json, intention));
    }

    public static byte[] list(List<Intention> intentions) {
        return Json.array(intentions, IntentionJson::write);
    }

    /** What matches each of several names: null where nothing does. */
    public static byte[] matches(SortedMap<String, List<Intention>> byName) {
        return Json.object(
                json -> byName.forEach((name, intentions) -> json.arrayOrNull(name, intentions, IntentionJson::write)));
    }

    private static void write(Json json, Intention intention) {
        Source source = intention.source();
        json.members(object -> {
            PermissionJson.timeIfAny(object, "CreatedAt", source.legacyCreateTime());
            PermissionJson.timeIfAny(object, "UpdatedAt", source.legacyUpdateTime());
            object.textIfAny("ID", source.legacyId())
                    .textIfAny("Description", source.description())
                    .text("SourceNS", NAMESPACE)
                    .text("SourceName", source.name())
                    .text("DestinationNS", NAMESPACE)
                    .text("DestinationName", intention.destination())
                    .textIfAny("SourcePartition", source.partition())
                    .textIfAny("DestinationPartition", intention.partition().external())
                    .textIfAny("SourcePeer", source.peer())
                    .text("SourceType", source.type())
                    .textIfAny("Action", source.action())
                    .arrayIfAny("Permissions", source.permissions(), PermissionJson::permission)
                    .textMapIfAny("Meta", intention.meta())
                    .number("Precedence", source.precedence())
                    .textIfAny("Hash", source.legacyId().isEmpty() ? "" : LegacyHash.of(intention))
                    .number("CreateIndex", intention.createIndex())
                    .number("ModifyIndex", intention.modifyIndex());
        });
    }

    /** The answer to a write through the deprecated endpoints. */
    public static byte[] id(String id) {
        return Json.object(json -> json.text("ID", id));
    }

    public static byte[] allowed(boolean allowed) {
        return Json.object(json -> json.flag("Allowed", allowed));
    }

    public static byte[] authorized(boolean authorized, String reason) {
        return Json.object(json -> json.flag("Authorized", authorized).text("Reason", reason));
    }
}
