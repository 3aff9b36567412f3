package dev.entente.rest.body;

import dev.entente.domain.config.HeaderMatch;
import dev.entente.domain.config.ServiceIntentionsEntry.HttpPermission;
import dev.entente.domain.config.ServiceIntentionsEntry.Permission;
import dev.entente.domain.config.ServiceIntentionsEntry.Source;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An intention as the intentions endpoints take it (protocol chapter 6.7). What a server works out by itself, such as the precedence,
 * is accepted and not looked at.
 */
public record IntentionBody(
        Source source,
        String destination,
        String sourceNamespace,
        String destinationNamespace,
        String sourcePartition,
        String destinationPartition) {
    private static final String STRUCT = ".Alias";
    private static final String GO_TYPE = "struct { Hash string; CreatedAt string; UpdatedAt string; *structs.Alias }";

    /** For the form with source and destination in the path's parameters, and the form with an id. */
    public static IntentionBody read(byte[] body) {
        return Bodies.read(CheckBody.PREFIX, () -> parsed(body));
    }

    /** For the deprecated creation, where a malformed body is no 400. */
    public static IntentionBody readNew(byte[] body) {
        try {
            return parsed(body);
        } catch (MalformedBodyException e) {
            throw new RefusedException(Refusal.invalid("Failed to decode request body: " + e.text()));
        }
    }

    private static IntentionBody parsed(byte[] body) {
        Members members = Members.ofBody(body, STRUCT, GO_TYPE);
        IntentionBody read = new IntentionBody(
                source(members),
                members.text("DestinationName"),
                members.text("SourceNS"),
                members.text("DestinationNS"),
                members.text("SourcePartition"),
                members.text("DestinationPartition"));
        passOver(members);
        members.end();
        return read;
    }

    /** What is not looked at; it has to be of its type all the same. */
    private static void passOver(Members members) {
        List.of("DefaultAddr", "CreatedAt", "UpdatedAt", "Hash").forEach(members::text);
        List.of("DefaultPort", "Precedence").forEach(members::integer);
        List.of("CreateIndex", "ModifyIndex").forEach(members::whole);
    }

    private static Source source(Members members) {
        return new Source(
                members.text("SourceName"),
                members.text("Action"),
                members.objects("[]*structs.IntentionPermission", "Permissions").stream()
                        .map(IntentionBody::permission)
                        .toList(),
                0,
                members.text("ID"),
                members.textOr("consul", "SourceType"),
                members.text("Description"),
                members.textMap("Meta"),
                null,
                null,
                members.text("SourcePeer"),
                "");
    }

    private static Permission permission(Members members) {
        Permission read =
                new Permission(members.text("Action"), http(members.object("structs.IntentionHTTPPermission", "HTTP")));
        members.end();
        return read;
    }

    private static @Nullable HttpPermission http(@Nullable Members members) {
        if (members == null) {
            return null;
        }
        HttpPermission read = new HttpPermission(
                members.text("PathExact", "path_exact"),
                members.text("PathPrefix", "path_prefix"),
                members.text("PathRegex", "path_regex"),
                members.objects("[]structs.IntentionHTTPHeaderPermission", "Header").stream()
                        .map(IntentionBody::header)
                        .toList(),
                members.texts("Methods"));
        members.end();
        return read;
    }

    private static HeaderMatch header(Members members) {
        HeaderMatch read = new HeaderMatch(
                members.text("Name"),
                members.flag("Present"),
                members.text("Exact"),
                members.text("Prefix"),
                members.text("Suffix"),
                members.text("Regex"),
                members.flag("Invert"));
        members.end();
        return read;
    }

    /** The same about these; the id is not looked at where names tell what is meant. */
    public Source between(String sourceName) {
        return with(sourceName, "", Map.of());
    }

    /** The same under an id, with the meta as the rule's own. */
    public Source underId(String id) {
        return with(source.name(), id, source.legacyMeta());
    }

    private Source with(String name, String id, Map<String, String> meta) {
        return new Source(
                name,
                source.action(),
                source.permissions(),
                0,
                id,
                source.type(),
                source.description(),
                meta,
                null,
                null,
                "",
                "");
    }

    /** The deprecated forms know neither peers nor partitions nor namespaces. */
    public IntentionBody requireLegacyNames() {
        requireDefault(destinationPartition, "Cannot specify a destination partition with this endpoint");
        requireDefault(sourcePartition, "Cannot specify a source partition with this endpoint");
        requireDefault(
                sourceNamespace,
                "Invalid SourceNS(" + sourceNamespace + "): Namespaces is a Consul Enterprise feature");
        requireDefault(
                destinationNamespace,
                "Invalid DestinationNS(" + destinationNamespace + "): Namespaces is a Consul Enterprise feature");
        return this;
    }

    /** A peer's services are written about in config entries only. */
    public IntentionBody requireNoPeer() {
        if (!source.peer().isEmpty()) {
            throw new RefusedException(
                    Refusal.invalid("SourcePeer field is not supported on this endpoint. Use config entries instead"));
        }
        return this;
    }

    private static void requireDefault(String value, String text) {
        if (!Set.of("", "default").contains(value)) {
            throw new RefusedException(Refusal.badRequest(text));
        }
    }
}
