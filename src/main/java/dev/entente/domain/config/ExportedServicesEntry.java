package dev.entente.domain.config;

import dev.entente.domain.identity.Outcome;
import java.util.List;
import java.util.Map;

/** Which services are exported to whom (protocol chapter 8.1). */
public record ExportedServicesEntry(String name, List<ExportedService> services, Map<String, String> meta)
        implements ConfigEntry {
    public static final String KIND = "exported-services";

    /** The only name that there is, in every partition. */
    public static final String NAME = "default";

    public ExportedServicesEntry {
        services = List.copyOf(services);
        meta = Map.copyOf(meta);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome<ExportedServicesEntry> normalised() {
        ExportedServicesEntry normal = ExportedServicesRules.normalised(this);
        return ConfigEntry.unless(ExportedServicesRules.fault(normal), normal);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
        return cases.exportedServices(this);
    }

    /** One exported name, or {@code *}. */
    public record ExportedService(String name, String namespace, List<Consumer> consumers) {
        public ExportedService {
            consumers = List.copyOf(consumers);
        }
    }

    /** Who may see it; at most one of the two is set. */
    public record Consumer(String partition, String peer) {}
}
