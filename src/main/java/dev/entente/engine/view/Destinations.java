package dev.entente.engine.view;

import dev.entente.domain.catalog.Instance;
import dev.entente.domain.catalog.Service;

/** Whom callers reach through instances by mutual TLS. */
final class Destinations {
    private Destinations() {}

    /** Empty when nobody is reached through it. */
    static String of(Instance instance) {
        Service service = instance.service().value();
        if (service.kind().equals(Service.CONNECT_PROXY)) {
            return service.proxy().destinationServiceName();
        }
        return service.connect().isNative() ? service.name() : "";
    }
}
