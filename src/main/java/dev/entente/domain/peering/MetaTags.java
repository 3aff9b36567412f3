package dev.entente.domain.peering;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The rules for the meta of a peering (protocol chapter 1.7). Lengths count bytes of UTF-8. */
public final class MetaTags {
    private static final int MAX_PAIRS = 64;
    private static final int MAX_KEY = 128;
    private static final int MAX_VALUE = 512;
    private static final String RESERVED = "consul-";
    private static final Pattern KEY = Pattern.compile("[a-zA-Z0-9_-]+");

    private MetaTags() {}

    /** Accepts the meta as it is, or tells the first fault in the order of the keys. */
    public static Outcome<Map<String, String>> checked(Map<String, String> meta) {
        return fault(meta)
                .map(fault ->
                        Outcome.<Map<String, String>>refused(Refusal.invalid("meta tags failed validation: " + fault)))
                .orElseGet(() -> Outcome.accepted(meta));
    }

    private static Optional<String> fault(Map<String, String> meta) {
        if (meta.size() > MAX_PAIRS) {
            return Optional.of("Node metadata cannot contain more than " + MAX_PAIRS + " key/value pairs");
        }
        return new TreeMap<>(meta)
                .entrySet().stream()
                        .flatMap(pair -> faultOfPair(pair.getKey(), pair.getValue()).stream())
                        .findFirst();
    }

    private static Optional<String> faultOfPair(String key, String value) {
        return reason(key, value)
                .map(reason -> "Couldn't load metadata pair ('" + key + "', '" + value + "'): " + reason);
    }

    private static Optional<String> reason(String key, String value) {
        if (key.isEmpty()) {
            return Optional.of("Key cannot be blank");
        }
        if (!KEY.matcher(key).matches()) {
            return Optional.of("Key contains invalid characters");
        }
        if (key.length() > MAX_KEY) {
            return Optional.of("Key is too long (limit: " + MAX_KEY + " characters)");
        }
        if (key.startsWith(RESERVED)) {
            return Optional.of("Key prefix '" + RESERVED + "' is reserved for internal use");
        }
        if (value.getBytes(StandardCharsets.UTF_8).length > MAX_VALUE) {
            return Optional.of("Value is too long (limit: " + MAX_VALUE + " characters)");
        }
        return Optional.empty();
    }
}
