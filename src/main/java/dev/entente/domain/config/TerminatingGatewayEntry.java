package dev.entente.domain.config;

import dev.entente.domain.identity.Outcome;
import java.util.List;
import java.util.Map;

/** Which services outside the mesh a gateway reaches. */
public record TerminatingGatewayEntry(String name, List<LinkedService> services, Map<String, String> meta)
        implements ConfigEntry {
    public static final String KIND = "terminating-gateway";

    public TerminatingGatewayEntry {
        services = List.copyOf(services);
        meta = Map.copyOf(meta);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome<TerminatingGatewayEntry> normalised() {
        return ConfigEntry.unless(TerminatingRules.fault(this), this);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
        return cases.terminatingGateway(this);
    }

    /** One service, or {@code *}, with the files that the gateway uses for TLS to it. */
    public record LinkedService(String name, String caFile, String certFile, String keyFile, String sni) {}
}
