package dev.entente.rest.body;

import dev.entente.domain.config.ServiceIntentionsEntry;
import dev.entente.domain.config.ServiceIntentionsEntry.HttpPermission;
import dev.entente.domain.config.ServiceIntentionsEntry.Permission;
import dev.entente.domain.config.ServiceIntentionsEntry.Source;

/** The service-intentions entry in a body. */
final class IntentionsBody {
    private static final String ACTION = "structs.IntentionAction";

    private IntentionsBody() {}

    static ServiceIntentionsEntry read(LooseMembers members) {
        return new ServiceIntentionsEntry(
                members.text("Name"), members.list("Sources", IntentionsBody::source), members.textMap("Meta"));
    }

    private static Source source(LooseMembers members) {
        return new Source(
                members.text("Name"),
                members.named(ACTION, "Action"),
                members.list("Permissions", IntentionsBody::permission),
                members.integer("Precedence"),
                members.text("LegacyID"),
                members.named("structs.IntentionSourceType", "Type"),
                members.text("Description"),
                members.textMap("LegacyMeta"),
                members.time("LegacyCreateTime"),
                members.time("LegacyUpdateTime"),
                members.text("Peer"),
                members.text("Partition"));
    }

    private static Permission permission(LooseMembers members) {
        return new Permission(members.named(ACTION, "Action"), members.object("HTTP", IntentionsBody::http));
    }

    private static HttpPermission http(LooseMembers members) {
        return new HttpPermission(
                members.text("PathExact"),
                members.text("PathPrefix"),
                members.text("PathRegex"),
                members.list("Header", RouterBody::header),
                members.texts("Methods"));
    }
}
