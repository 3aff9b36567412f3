package dev.entente.domain.stream;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that the peer should know of our services at this moment.
 *
 * @param names what the list says, in its order
 * @param synthetic the payloads of the proxies that stand for them, by resource id; empty without service mesh
 * @param services the payloads of the services that have one, by name, in the order in which they are sent
 */
public record Exports(
        List<String> names,
        Map<String, Resource.ExportedService> synthetic,
        Map<String, Resource.ExportedService> services) {
    public Exports {
        names = List.copyOf(names);
        synthetic = Collections.unmodifiableMap(new LinkedHashMap<>(synthetic));
        services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
    }
}
