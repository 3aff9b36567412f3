package dev.entente.domain.trust;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How the certificate authority of the cluster is to work, as an operator wrote it (protocol chapter 6.9). The settings may hold a
 * private key, so their text form shows only their names.
 *
 * @param config the provider's settings by their names, whatever they are
 * @param state what a provider notes for itself; the built-in one notes nothing
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

    @Override
    public String toString() {
        return "CaConfiguration[" + provider + " " + config.keySet() + "]";
    }
}
