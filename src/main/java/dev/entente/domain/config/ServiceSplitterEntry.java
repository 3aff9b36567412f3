package dev.entente.domain.config;

import dev.entente.domain.identity.Outcome;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the requests to a service are shared out. */
public record ServiceSplitterEntry(String name, List<Split> splits, Map<String, String> meta) implements ConfigEntry {
    public static final String KIND = "service-splitter";

    public ServiceSplitterEntry {
        splits = List.copyOf(splits);
        meta = Map.copyOf(meta);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome<ServiceSplitterEntry> normalised() {
        ServiceSplitterEntry normal = ServiceSplitterRules.normalised(this);
        return ConfigEntry.unless(ServiceSplitterRules.fault(normal), normal);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
        return cases.serviceSplitter(this);
    }

    /**
     * One share.
     *
     * @param weight of a hundred
     * @param service empty for the service that is split
     */
    public record Split(
            float weight,
            String service,
            String serviceSubset,
            String namespace,
            String partition,
            @Nullable HeaderModifiers requestHeaders,
            @Nullable HeaderModifiers responseHeaders) {}

    /** A weight as it is kept: in steps of a hundredth. */
    public static float roundedWeight(float weight) {
        return ServiceSplitterRules.hundredths(weight) / ServiceSplitterRules.STEPS;
    }
}
