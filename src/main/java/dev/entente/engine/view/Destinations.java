package dev.entente.engine.view;

import dev.entente.domain.catalog.Instance;
import dev.entente.domain.catalog.Service;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Whom callers reach through instances by mutual TLS. */
final class Destinations {
    private Destinations() {}

    static Set<String> of(List<Instance> instances) {
        Set<String> names = new TreeSet<>();
        for (Instance instance : instances) {
            String destination = of(instance);
            if (!destination.isEmpty()) {
                names.add(Topic.lower(destination));
            }
        }
        return names;
    }

    /** Empty when nobody is reached through it. */
    static String of(Instance instance) {
        Service service = instance.service().value();
        if (service.kind().equals(Service.CONNECT_PROXY)) {
            return service.proxy().destinationServiceName();
        }
        return service.connect().isNative() ? service.name() : "";
    }
}
