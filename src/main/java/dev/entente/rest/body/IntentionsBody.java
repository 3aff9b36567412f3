package dev.entente.rest.body;

import dev.entente.domain.config.ServiceIntentionsEntry;
import dev.entente.domain.config.ServiceIntentionsEntry.HttpPermission;
import dev.entente.domain.config.ServiceIntentionsEntry.Permission;
import dev.entente.domain.config.ServiceIntentionsEntry.Source;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The service-intentions entry in a body. */
final class IntentionsBody {
    private IntentionsBody() {}

    static ServiceIntentionsEntry read(LooseMembers members) {
        List<Source> sources =
                members.list("Sources").stream().map(IntentionsBody::source).toList();
        return new ServiceIntentionsEntry(members.text("Name"), sources, members.textMap("Meta"));
    }

    private static Source source(LooseMembers members) {
        return new Source(
                members.text("Name"),
                members.text("Action"),
                members.list("Permissions").stream()
                        .map(IntentionsBody::permission)
                        .toList(),
                members.integer("Precedence"),
                members.text("LegacyID"),
                members.text("Type"),
                members.text("Description"),
                members.textMap("LegacyMeta"),
                members.time("LegacyCreateTime"),
                members.time("LegacyUpdateTime"),
                members.text("Peer"),
                members.text("Partition"));
    }

    private static Permission permission(LooseMembers members) {
        return new Permission(members.text("Action"), http(members.object("HTTP")));
    }

    private static @Nullable HttpPermission http(@Nullable LooseMembers members) {
        if (members == null) {
            return null;
        }
        return new HttpPermission(
                members.text("PathExact"),
                members.text("PathPrefix"),
                members.text("PathRegex"),
                members.list("Header").stream().map(RouterBody::header).toList(),
                members.texts("Methods"));
    }
}
