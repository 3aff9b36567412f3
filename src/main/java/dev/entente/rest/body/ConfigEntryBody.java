package dev.entente.rest.body;

import dev.entente.domain.config.ConfigEntry;
import dev.entente.domain.config.ConfigKind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Config entries in bodies, in CamelCase or snake_case (protocol chapter 6.6).
 *
 * @param partition that the entry names; empty for none
 */
public record ConfigEntryBody(ConfigEntry entry, String partition) {
    private static final String PREFIX = "Request decoding failed: ";

    public static ConfigEntryBody read(byte[] body) {
        return Bodies.read(PREFIX, () -> {
            Object value = JsonReader.read(body);
            LooseMembers members = LooseMembers.ofBody(object(value));
            String text = kind(value);
            ConfigKind kind = ConfigKind.of(text)
                    .orElseThrow(() -> new MalformedBodyException("invalid config entry kind: " + text));
            members.text("Kind");
            members.ignore("Kind");
            members.ignore("kind");
            members.ignore("CreateIndex");
            members.ignore("ModifyIndex");
            ConfigEntry entry = entry(kind, members);
            String partition = members.text("Partition");
            members.end();
            return new ConfigEntryBody(entry, partition);
        });
    }

    private static Map<?, ?> object(@Nullable Object body) {
        if (body == null || body instanceof Map<?, ?>) {
            return body instanceof Map<?, ?> object ? object : Map.of();
        }
        throw LooseValues.noMap("", body);
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

    private static ConfigEntry entry(ConfigKind kind, LooseMembers members) {
        return switch (kind) {
            case SERVICE_DEFAULTS -> DefaultsBody.service(members);
            case PROXY_DEFAULTS -> DefaultsBody.proxy(members);
            case SERVICE_ROUTER -> RouterBody.read(members);
            case SERVICE_SPLITTER -> SplitterBody.read(members);
            case SERVICE_RESOLVER -> ResolverBody.read(members);
            case INGRESS_GATEWAY -> IngressBody.read(members);
            case TERMINATING_GATEWAY -> TerminatingBody.read(members);
            case SERVICE_INTENTIONS -> IntentionsBody.read(members);
            case MESH -> MeshBody.read(members);
            case EXPORTED_SERVICES -> ExportsBody.read(members);
            case SAMENESS_GROUP -> SamenessBody.read(members);
        };
    }
}
