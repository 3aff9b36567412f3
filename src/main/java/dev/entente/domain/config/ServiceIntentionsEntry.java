package dev.entente.domain.config;

import dev.entente.domain.identity.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who may call one destination (protocol chapter 8.3). */
public record ServiceIntentionsEntry(String name, List<Source> sources, Map<String, String> meta)
        implements ConfigEntry {
    public static final String KIND = "service-intentions";

    public ServiceIntentionsEntry {
        sources = List.copyOf(sources);
        meta = Map.copyOf(meta);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome<ServiceIntentionsEntry> normalised() {
        ServiceIntentionsEntry normal = ServiceIntentionsRules.normalised(this);
        return ConfigEntry.unless(ServiceIntentionsRules.fault(normal), normal);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
        return cases.serviceIntentions(this);
    }

    /** Whether any source is decided by looking at requests. */
    public boolean hasPermissions() {
        return sources.stream().anyMatch(source -> !source.permissions().isEmpty());
    }

    /** One source; {@code action} is empty when permissions decide. */
    public record Source(
            String name,
            String action,
            List<Permission> permissions,
            int precedence,
            String legacyId,
            String type,
            String description,
            Map<String, String> legacyMeta,
            @Nullable Instant legacyCreateTime,
            @Nullable Instant legacyUpdateTime,
            String peer,
            String partition) {
        public Source {
            permissions = List.copyOf(permissions);
            legacyMeta = Map.copyOf(legacyMeta);
        }

        /** Whether the rule is about services of every peer, and of no service of this cluster: an extension of this server. */
        public boolean isOfAnyPeer() {
            return peer.equals("*");
        }

        /** The same with other marks of a write through the old endpoints (protocol chapter 6.7). */
        public Source withLegacy(
                String id, Map<String, String> meta, @Nullable Instant createTime, @Nullable Instant updateTime) {
            return new Source(
                    name,
                    action,
                    permissions,
                    precedence,
                    id,
                    type,
                    description,
                    meta,
                    createTime,
                    updateTime,
                    peer,
                    partition);
        }
    }

    /** A rule about requests. */
    public record Permission(String action, @Nullable HttpPermission http) {}

    /** Which HTTP requests a rule is about. */
    public record HttpPermission(
            String pathExact, String pathPrefix, String pathRegex, List<HeaderMatch> header, List<String> methods) {
        public HttpPermission {
            header = List.copyOf(header);
            methods = List.copyOf(methods);
        }
    }
}
