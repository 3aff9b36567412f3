package dev.entente.engine.config;

import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Instance;
import dev.entente.domain.chain.Protocols;
import dev.entente.domain.config.ServiceDefaultsEntry;
import dev.entente.domain.gateway.LocalServices;
import dev.entente.engine.view.PartitionView;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The services of a partition as its view shows them.
 *
 * @param names the services that are asked about
 */
record ViewServices(PartitionView view, Collection<String> names) implements LocalServices {

    /** All services that are registered, or that have an address outside. */
    static ViewServices all(PartitionView view) {
        Collection<String> names = new TreeSet<>(view.serviceNames(null).value().keySet());
        view.configEntries(ServiceDefaultsEntry.KIND).value().stream()
                .filter(held -> isDestination(held))
                .forEach(held -> names.add(held.value().name()));
        return new ViewServices(view, names);
    }

    /** One service. */
    static ViewServices one(PartitionView view, String service) {
        return new ViewServices(view, List.of(service));
    }

    private Stream<Instance> instances(String service) {
        return view.service(null, service).value().instances().stream();
    }

    @Override
    public boolean isRegistered(String service) {
        return instances(service).findAny().isPresent();
    }

    @Override
    public boolean hasPlainInstances(String service) {
        return instances(service)
                .map(instance -> instance.service().value())
                .anyMatch(
                        instance -> instance.isTypical() && !instance.connect().isNative());
    }

    @Override
    public boolean isInMesh(String service) {
        return !view.connect(null, service).value().isEmpty();
    }

    @Override
    public boolean isDestination(String service) {
        return view.configEntry(ServiceDefaultsEntry.KIND, service).value().stream()
                .anyMatch(ViewServices::isDestination);
    }

    private static boolean isDestination(Indexed<?> held) {
        return held.value() instanceof ServiceDefaultsEntry defaults && defaults.destination() != null;
    }

    @Override
    public String protocol(String service) {
        return Protocols.of(new ViewEntries(view), service);
    }
}
