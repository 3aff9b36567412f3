package dev.entente.domain.export;

import dev.entente.domain.catalog.Service;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What the metadata of an imported service may be (protocol chapters 1.7 and 4.1). */
final class ServiceMetaRules {
    private static final int MAX_PAIRS = 64;
    private static final int MAX_KEY_BYTES = 128;
    private static final int MAX_VALUE_BYTES = 512;
    private static final String RESERVED_PREFIX = "consul-";
    private static final Pattern KEY = Pattern.compile("[a-zA-Z0-9_-]+");
    /** The reserved keys that a mesh gateway is allowed to carry. */
    private static final Set<String> GATEWAY_KEYS = Set.of("consul-wan-federation");

    private ServiceMetaRules() {}

    /** What is wrong; empty when nothing is. */
    static String faultOf(Service service) {
        if (service.meta().size() > MAX_PAIRS) {
            return "Node metadata cannot contain more than " + MAX_PAIRS + " key/value pairs";
        }
        for (Map.Entry<String, String> pair : service.meta().entrySet()) {
            String fault = faultOf(service, pair.getKey(), pair.getValue());
            if (!fault.isEmpty()) {
                return "Couldn't load metadata pair ('" + pair.getKey() + "', '" + pair.getValue() + "'): " + fault;
            }
        }
        return "";
    }

    private static String faultOf(Service service, String key, String value) {
        if (key.isEmpty()) {
            return "Key cannot be blank";
        }
        if (!KEY.matcher(key).matches()) {
            return "Key contains invalid characters";
        }
        if (key.length() > MAX_KEY_BYTES) {
            return "Key is too long (limit: " + MAX_KEY_BYTES + " characters)";
        }
        if (key.startsWith(RESERVED_PREFIX) && !isAllowed(service, key)) {
            return "Key prefix '" + RESERVED_PREFIX + "' is reserved for internal use";
        }
        if (value.getBytes(StandardCharsets.UTF_8).length > MAX_VALUE_BYTES) {
            return "Value is too long (limit: " + MAX_VALUE_BYTES + " characters)";
        }
        return "";
    }

    private static boolean isAllowed(Service service, String key) {
        return service.kind().equals(Service.MESH_GATEWAY) && GATEWAY_KEYS.contains(key);
    }
}
