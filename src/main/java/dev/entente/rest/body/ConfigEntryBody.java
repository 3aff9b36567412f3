package dev.entente.rest.body;

import dev.entente.domain.config.ConfigEntry;
import dev.entente.domain.config.ExportedServicesEntry;
import dev.entente.domain.config.ExportedServicesEntry.Consumer;
import dev.entente.domain.config.ExportedServicesEntry.ExportedService;
import dev.entente.domain.config.ServiceIntentionsEntry;
import dev.entente.domain.config.ServiceIntentionsEntry.HeaderPermission;
import dev.entente.domain.config.ServiceIntentionsEntry.HttpPermission;
import dev.entente.domain.config.ServiceIntentionsEntry.Permission;
import dev.entente.domain.config.ServiceIntentionsEntry.Source;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Config entries in bodies, in CamelCase or snake_case (protocol chapter 6.6).
 *
 * @param partition that the entry names; empty for none
 */
public record ConfigEntryBody(ConfigEntry entry, String partition) {
    private static final String PREFIX = "Request decoding failed: ";

    /** All kinds that Consul has; reading any of them is fine, though most are not kept here. */
    private static final Set<String> KINDS = Set.of(
            "service-defaults",
            "proxy-defaults",
            "service-router",
            "service-splitter",
            "service-resolver",
            "ingress-gateway",
            "terminating-gateway",
            "mesh",
            ExportedServicesEntry.KIND,
            ServiceIntentionsEntry.KIND);

    public static boolean isKind(String kind) {
        return KINDS.contains(kind);
    }

    public static ConfigEntryBody read(byte[] body) {
        return Bodies.read(PREFIX, () -> {
            Object value = JsonReader.read(body);
            LooseMembers members = LooseMembers.ofBody(value == null ? Map.of() : value);
            String kind = kind(value);
            if (!KINDS.contains(kind)) {
                throw new MalformedBodyException("invalid config entry kind: " + kind);
            }
            ConfigEntry entry = switch (kind) {
                case ExportedServicesEntry.KIND -> exportedServices(members);
                case ServiceIntentionsEntry.KIND -> serviceIntentions(members);
                default ->
                    throw new MalformedBodyException(
                            "config entries of kind " + kind + " are not supported by this server");
            };
            String partition = members.text("Partition");
            members.end();
            return new ConfigEntryBody(entry, partition);
        });
    }

    private static String kind(@Nullable Object body) {
        Map<?, ?> map = body instanceof Map<?, ?> object ? object : Map.of();
        Object kind = map.containsKey("Kind") ? map.get("Kind") : map.get("kind");
        if (kind == null && !map.containsKey("Kind") && !map.containsKey("kind")) {
            throw new MalformedBodyException("Payload does not contain a kind/Kind key at the top level");
        }
        if (kind instanceof String text) {
            return text;
        }
        throw new MalformedBodyException("Kind value in payload is not a string");
    }

    private static ExportedServicesEntry exportedServices(LooseMembers members) {
        List<ExportedService> services =
                members.list("Services").stream().map(ConfigEntryBody::exported).toList();
        return new ExportedServicesEntry(name(members), services, members.textMap("Meta"));
    }

    private static String name(LooseMembers members) {
        members.text("Kind");
        members.ignore("CreateIndex");
        members.ignore("ModifyIndex");
        return members.text("Name");
    }

    private static ExportedService exported(LooseMembers members) {
        // A namespace here is known, and dropped as the open-source edition does (protocol chapter 8.1).
        members.ignore("Namespace");
        return new ExportedService(
                members.text("Name"),
                "",
                members.list("Consumers").stream()
                        .map(ConfigEntryBody::consumer)
                        .toList());
    }

    private static Consumer consumer(LooseMembers members) {
        return new Consumer(members.text("Partition"), members.text("Peer", "PeerName"));
    }

    private static ServiceIntentionsEntry serviceIntentions(LooseMembers members) {
        List<Source> sources =
                members.list("Sources").stream().map(ConfigEntryBody::source).toList();
        return new ServiceIntentionsEntry(name(members), sources, members.textMap("Meta"));
    }

    private static Source source(LooseMembers members) {
        return new Source(
                members.text("Name"),
                members.text("Action"),
                members.list("Permissions").stream()
                        .map(ConfigEntryBody::permission)
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
                members.list("Header").stream().map(ConfigEntryBody::header).toList(),
                members.texts("Methods"));
    }

    private static HeaderPermission header(LooseMembers members) {
        return new HeaderPermission(
                members.text("Name"),
                members.flag("Present"),
                members.text("Exact"),
                members.text("Prefix"),
                members.text("Suffix"),
                members.text("Regex"),
                members.flag("Invert"));
    }
}
