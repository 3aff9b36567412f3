package dev.entente.domain.config;

import dev.entente.domain.identity.Outcome;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What holds for the whole mesh (protocol chapter 8.2).
 *
 * @param sanitizeForwardedCert whether gateways take a header of that kind away; null when nothing is said
 * @param peerThroughMeshGateways whether clusters reach each other's servers by gateways; null when nothing is said
 */
public record MeshEntry(
        boolean meshDestinationsOnly,
        @Nullable Tls tls,
        @Nullable Boolean sanitizeForwardedCert,
        @Nullable Boolean peerThroughMeshGateways,
        Map<String, String> meta)
        implements ConfigEntry {
    public static final String KIND = "mesh";

    /** The name under which the one entry stands; it is not shown. */
    public static final String NAME = "mesh";

    public MeshEntry {
        meta = Map.copyOf(meta);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Outcome<MeshEntry> normalised() {
        return ConfigEntry.unless(MeshRules.fault(this), this);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
        return cases.mesh(this);
    }

    /** Whether clusters reach each other's servers by gateways. */
    public boolean peersThroughGateways() {
        return Boolean.TRUE.equals(peerThroughMeshGateways);
    }

    /** TLS of proxies, by direction. */
    public record Tls(
            @Nullable Direction incoming, @Nullable Direction outgoing) {}

    /** TLS in one direction; empty where nothing is said. */
    public record Direction(String minVersion, String maxVersion, List<String> cipherSuites) {
        public Direction {
            cipherSuites = List.copyOf(cipherSuites);
        }
    }
}
