package dev.entente.domain.export;

import dev.entente.domain.catalog.Connect;
import dev.entente.domain.catalog.ImportedInstance;
import dev.entente.domain.catalog.Instance;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Proxy;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.catalog.ServiceAddress;
import dev.entente.domain.catalog.VirtualAddresses;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a peer is told of an exported service: the complete state of its typical instances (protocol chapter 5.3). */
public final class ServicePayload {
    private ServicePayload() {}

    /** The instances that go out, healthy or not, in payload order and without indexes; empty when there are none. */
    public static List<ImportedInstance> of(List<Instance> instances) {
        return InstanceOrder.sorted(instances).stream()
                .filter(ServicePayload::isExportable)
                .map(ServicePayload::exported)
                .toList();
    }

    /** Proxies and gateways stay at home, and so does what has no name: an importer may fail on it (protocol chapter 3.10). */
    private static boolean isExportable(Instance instance) {
        Service service = instance.service().value();
        return service.isTypical()
                && ExportRules.hasPayload(service.name())
                && !instance.node().value().name().isEmpty()
                && !service.id().isEmpty();
    }

    private static ImportedInstance exported(Instance instance) {
        Node node = instance.node().value();
        Service service = withoutMesh(instance.service().value());
        return new ImportedInstance(
                node, service, FlattenedCheck.of(instance.checks(), node.name(), service.id(), service.name()));
    }

    private static Service withoutMesh(Service service) {
        if (service.proxy().equals(Proxy.NONE) && service.connect().equals(Connect.NONE)) {
            return service;
        }
        Map<String, ServiceAddress> addresses = new TreeMap<>(service.taggedAddresses());
        // It is reached there inside its own mesh; that means nothing to a peer.
        addresses.remove(VirtualAddresses.TAG);
        return service.withMesh(Proxy.NONE, Connect.NONE).withTaggedAddresses(addresses);
    }
}
