package dev.entente.domain.trust;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How the certificate authority of the cluster is to work, as an operator wrote it (protocol chapter 6.9). The settings may hold a
 * private key, so their text form shows only their names.
 *
 * @param config the provider's settings by their names, whatever they are
 * @param state what a provider notes for itself; the built-in one notes only what it is told to
 */
public record CaConfiguration(
        String provider,
        Map<String, @Nullable Object> config,
        Map<String, String> state,
        boolean forceWithoutCrossSigning) {
    public static final String BUILT_IN = "consul";

    /** What a cluster has whose operator said nothing. */
    public static final CaConfiguration DEFAULT = new CaConfiguration(
            BUILT_IN,
            Map.of("IntermediateCertTTL", "8760h", "LeafCertTTL", "72h", "RootCertTTL", "87600h"),
            Map.of(),
            false);

    public CaConfiguration {
        config = Collections.unmodifiableMap(inOrder(config));
        state = Map.copyOf(state);
    }

    /** Whole numbers are of one type, so that what was stored equals what was written. */
    private static Map<String, @Nullable Object> inOrder(Map<String, @Nullable Object> config) {
        Map<String, @Nullable Object> ordered = new TreeMap<>();
        config.forEach((name, value) -> ordered.put(name, value instanceof Integer whole ? whole.longValue() : value));
        return ordered;
    }

    /** The same with what the provider notes: the texts under {@code test_state}, by which clients try this out, or what it had noted. */
    public CaConfiguration noting(Map<String, String> before) {
        return new CaConfiguration(provider, config, told().orElse(before), forceWithoutCrossSigning);
    }

    private Optional<Map<String, String>> told() {
        if (!(config.get("test_state") instanceof Map<?, ?> given)) {
            return Optional.empty();
        }
        Map<String, String> texts = new TreeMap<>();
        given.forEach((name, value) -> {
            if (value instanceof String text) {
                texts.put(String.valueOf(name), text);
            }
        });
        return Optional.of(texts);
    }

    @Override
    public String toString() {
        return "CaConfiguration[" + provider + " " + config.keySet() + "]";
    }
}
