package dev.entente.sim;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Instance;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.config.ExportedServicesEntry;
import dev.entente.domain.config.ExportedServicesEntry.ExportedService;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.ServiceRecord;
import dev.entente.engine.view.PartitionView;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one cluster exports to another at this moment, worked out anew from the records alone.
 *
 * @param names what the list should say
 * @param instances one line each, by service
 */
record Exported(Set<String> names, Map<String, Set<String>> instances) {

    static Exported of(SimCluster exporter, SimCluster importer) {
        List<Change> records =
                exporter.hot().log().state(PartitionName.DEFAULT).orElseThrow().records();
        List<ServiceRecord> services = values(records, ServiceRecord.class);
        Map<String, String> statuses = new TreeMap<>();
        values(records, Check.class).forEach(check -> statuses.put(check.node(), check.status()));
        Set<String> names = new TreeSet<>();
        values(records, ExportedServicesEntry.class).stream()
                .flatMap(entry -> entry.services().stream())
                .filter(service -> isFor(service, importer.name()))
                .forEach(service ->
                        names.addAll(service.name().equals("*") ? typical(services) : Set.of(service.name())));
        Map<String, Set<String>> instances = new TreeMap<>();
        for (ServiceRecord record : services) {
            Service service = record.service();
            if (names.contains(service.name())) {
                instances
                        .computeIfAbsent(service.name(), name -> new TreeSet<>())
                        .add(line(record.node(), service, statuses.getOrDefault(record.node(), "none")));
            } else if (service.name().equals(Catalogs.GATEWAY)) {
                names.forEach(name -> instances
                        .computeIfAbsent(name + Service.SIDECAR_SUFFIX, proxy -> new TreeSet<>())
                        .add(record.node() + " " + name + "-sidecar-proxy-instance-0 " + service.port() + " none"));
            }
        }
        return new Exported(names, instances);
    }

    private static boolean isFor(ExportedService service, String peer) {
        return service.consumers().stream().anyMatch(consumer -> consumer.peer().equals(peer));
    }

    private static Set<String> typical(List<ServiceRecord> services) {
        Set<String> names = new TreeSet<>();
        services.stream()
                .map(ServiceRecord::service)
                .filter(service -> service.isTypical() && !service.name().equals("consul"))
                .forEach(service -> names.add(service.name()));
        return names;
    }

    private static <T> List<T> values(List<Change> records, Class<T> type) {
        return records.stream()
                .map(Change::value)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** What a view shows of a peer, in the same words. */
    static Map<String, Set<String>> imported(PartitionView view, PeerName peer) {
        Map<String, Set<String>> instances = new TreeMap<>();
        view.serviceNames(peer).value().keySet().forEach(name -> {
            Set<String> lines = new TreeSet<>();
            view.service(peer, name).value().instances().forEach(instance -> lines.add(line(instance)));
            instances.put(name, lines);
        });
        return instances;
    }

    private static String line(Instance instance) {
        String status = instance.checks().stream()
                .map(Indexed::value)
                .map(Check::status)
                .reduce((one, other) -> one + "," + other)
                .orElse("none");
        return line(instance.node().value().name(), instance.service().value(), status);
    }

    private static String line(String node, Service service, String status) {
        return node + " " + service.id() + " " + service.port() + " " + status;
    }
}
