package dev.entente.domain.catalog;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a map of metadata may hold (protocol chapter 1.7); the texts are those of Consul. */
public final class MetaRules {
    private static final int MAX_PAIRS = 64;
    private static final int MAX_KEY = 128;
    private static final int MAX_VALUE = 512;
    private static final String RESERVED_PREFIX = "consul-";
    private static final Pattern KEY = Pattern.compile("^[a-zA-Z0-9_-]+$");
    /** The one reserved key that a mesh gateway may set. */
    private static final Set<String> GATEWAY_KEYS = Set.of("consul-wan-federation");

    private MetaRules() {}

    /** The first complaint about the metadata of a node or a peering; pairs are looked at in key order. */
    public static Optional<String> complaint(Map<String, String> meta) {
        return complaint(meta, Set.of());
    }

    /** The first complaint about the metadata of a service of this kind. */
    public static Optional<String> serviceComplaint(String kind, Map<String, String> meta) {
        return complaint(meta, kind.equals(Service.MESH_GATEWAY) ? GATEWAY_KEYS : Set.of());
    }

    private static Optional<String> complaint(Map<String, String> meta, Set<String> allowedReserved) {
        if (meta.size() > MAX_PAIRS) {
            return Optional.of("Node metadata cannot contain more than " + MAX_PAIRS + " key/value pairs");
        }
        return Sorted.copyOf(meta).entrySet().stream()
                .flatMap(pair -> pairComplaint(pair.getKey(), pair.getValue(), allowedReserved)
                        .map(reason -> "Couldn't load metadata pair ('" + pair.getKey() + "', '" + pair.getValue()
                                + "'): " + reason)
                        .stream())
                .findFirst();
    }

    private static Optional<String> pairComplaint(String key, String value, Set<String> allowedReserved) {
        if (key.isEmpty()) {
            return Optional.of("Key cannot be blank");
        }
        if (!KEY.matcher(key).matches()) {
            return Optional.of("Key contains invalid characters");
        }
        if (key.length() > MAX_KEY) {
            return Optional.of("Key is too long (limit: " + MAX_KEY + " characters)");
        }
        if (key.startsWith(RESERVED_PREFIX) && !allowedReserved.contains(key)) {
            return Optional.of("Key prefix '" + RESERVED_PREFIX + "' is reserved for internal use");
        }
        if (value.getBytes(StandardCharsets.UTF_8).length > MAX_VALUE) {
            return Optional.of("Value is too long (limit: " + MAX_VALUE + " characters)");
        }
        return Optional.empty();
    }
}
